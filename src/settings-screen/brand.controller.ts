import { join } from 'node:path';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { NotFoundError, UnavailableError } from '../errors/domain-errors.ts';
import { logoDigest } from '../workspaces/branding/logo.ts';
import { setEmbedHeaders, setLogoHeaders } from './page-headers.ts';
import { brandPath, ScreenLookService } from './screen-look.service.ts';
import { settingsPageFolder } from './web-folder.ts';

/** The files of a product that shows the screen as its own: its logo, and the element that it puts into its page. */
@Controller()
@ApiExcludeController()
export class BrandController {
  private readonly script = join(settingsPageFolder(), 'embed.js');

  constructor(private readonly looks: ScreenLookService) {}

  /**
   * The logo of the product. Who asks by the name of another one, because it was changed a moment ago, gets this one, and
   * does not keep it.
   *
   * @throws NotFoundError while there is none
   */
  @Get(`${brandPath}/:digest`)
  async logo(@Param('digest') digest: string, @Res() response: Response): Promise<void> {
    const { logo } = await this.looks.current();
    if (logo === null) throw new NotFoundError('logo', 'There is no logo.');
    setLogoHeaders(response, logoDigest(logo) === digest);
    response.type(logo.type).send(logo.bytes);
  }

  /**
   * Defines the element `<user-provisioning>` in the page of a product. Any page may load it: it shows nothing that the
   * service does not let the page show.
   *
   * @throws UnavailableError when the page has not been built
   */
  @Get('embed.js')
  embed(@Res() response: Response): Promise<void> {
    setEmbedHeaders(response);
    return new Promise((resolve, reject) => {
      response.sendFile(this.script, { cacheControl: false }, (error: unknown) => {
        if (error === undefined || response.headersSent) return resolve();
        reject(new UnavailableError('The settings page is not built: run "npm run build".'));
      });
    });
  }
}
