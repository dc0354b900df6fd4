import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Controller, Get, Redirect, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Config } from '../config/config.ts';
import { UnavailableError } from '../errors/domain-errors.ts';
import { languageOf } from '../http/request/language.ts';
import { fillPage, withPreloaded } from './fill-page.ts';
import { readFirstTexts } from './first-texts.ts';
import { setPageHeaders } from './page-headers.ts';
import { logoPathOf, ScreenLookService } from './screen-look.service.ts';
import { settingsPageFolder } from './web-folder.ts';

const settingsPath = '/settings/user-provisioning';
export const assetsPath = '/settings/assets';
/** Where the addresses of the screen begin, as its routes do. */
const screens = ['user-provisioning', 'members', 'properties', 'groups', 'sessions'];
const nonceLengthBytes = 16;

/** The page that an admin link opens. */
@Controller()
@ApiExcludeController()
export class SettingsScreenController {
  private readonly file = join(settingsPageFolder(), 'index.html');
  private readonly firstTexts = readFirstTexts(settingsPageFolder());

  constructor(
    private readonly config: Config,
    private readonly looks: ScreenLookService,
  ) {}

  /** Redirects the bare address to the settings. */
  @Get(['/', 'settings'])
  @Redirect()
  home(): { url: string; statusCode: number } {
    return { url: `${this.config.publicPath}${settingsPath}`, statusCode: 302 };
  }

  /**
   * Answers every address of the settings with the one page, which reads the address itself.
   *
   * @throws UnavailableError when the page has not been built
   */
  @Get(screens.flatMap((screen) => [`settings/${screen}`, `settings/${screen}/*rest`]))
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    const html = await readFile(this.file, 'utf8').catch(() => null);
    if (html === null) throw new UnavailableError('The settings page is not built: run "npm run build".');
    const styleNonce = randomBytes(nonceLengthBytes).toString('base64');
    const { origins, productName, logo, brand } = await this.looks.current();
    setPageHeaders(response, styleNonce, origins);
    // Who chose another language here before loads another file: the page knows, the service does not.
    const whole = withPreloaded(html, this.firstTexts(languageOf(request)));
    const facts = {
      styleNonce,
      publicPath: this.config.publicPath,
      productName: productName ?? this.config.productName,
      logo: logo === null ? null : { path: logoPathOf(logo), type: logo.type },
      origins,
      brand: JSON.stringify(brand),
    };
    response.type('html').send(fillPage(whole, assetsPath, facts));
  }
}
