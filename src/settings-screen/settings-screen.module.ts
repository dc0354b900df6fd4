import { existsSync } from 'node:fs';
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import serveCompressed from 'express-static-gzip';
import { WorkspacesModule } from '../workspaces/workspaces.module.ts';
import { BrandController } from './brand.controller.ts';
import { setFileHeaders } from './page-headers.ts';
import { assetsPath, SettingsScreenController } from './settings-screen.controller.ts';
import { ScreenLookService } from './screen-look.service.ts';
import { settingsPageFolder } from './web-folder.ts';

/** Serves the settings page, which itself uses the public HTTP API alone. */
@Module({
  imports: [WorkspacesModule],
  controllers: [SettingsScreenController, BrandController],
  providers: [ScreenLookService],
})
export class SettingsScreenModule implements OnModuleInit {
  constructor(private readonly adapter: HttpAdapterHost) {}

  /** The files of the page, as the build has compressed them. What is no file goes on, and is a 404. */
  onModuleInit(): void {
    const folder = settingsPageFolder();
    // While the page is being worked on, Vite serves it and nothing is built.
    if (!existsSync(folder)) return;
    const serve = serveCompressed(folder, {
      enableBrotli: true,
      orderPreference: ['br', 'gzip'],
      index: false,
      serveStatic: { redirect: false, cacheControl: false, setHeaders: setFileHeaders },
    });
    this.adapter.httpAdapter.use(assetsPath, serve);
  }
}
