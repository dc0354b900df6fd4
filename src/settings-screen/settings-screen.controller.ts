import { Controller, Get, Redirect, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { setPageHeaders } from './page-headers.ts';
import { settingsPageFolder } from './web-folder.ts';

const settingsPath = '/settings/user-provisioning';

/** The page that an admin link opens. */
@Controller()
@ApiExcludeController()
export class SettingsScreenController {
  private readonly folder = settingsPageFolder();

  /** Leads whoever opens the bare address to the settings. */
  @Get(['/', 'settings'])
  @Redirect(settingsPath, 302)
  home(): void {}

  /** Answers every address of the settings with the one page, which reads the address itself. */
  @Get(['settings/user-provisioning', 'settings/user-provisioning/*rest'])
  page(@Res() response: Response): void {
    setPageHeaders(response);
    response.sendFile('index.html', { root: this.folder, cacheControl: false });
  }
}
