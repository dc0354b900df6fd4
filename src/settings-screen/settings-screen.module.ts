import { Module } from '@nestjs/common';
import { ServeStaticModule } from '@nestjs/serve-static';
import { setFileHeaders } from './page-headers.ts';
import { assetsPath, SettingsScreenController } from './settings-screen.controller.ts';
import { settingsPageFolder } from './web-folder.ts';

/** Serves the settings page, which itself uses the public HTTP API alone. */
@Module({
  imports: [
    ServeStaticModule.forRoot({
      rootPath: settingsPageFolder(),
      serveRoot: assetsPath,
      // A file that does not exist is a 404, not the page.
      exclude: [`${assetsPath}{/*any}`],
      serveStaticOptions: {
        index: false,
        redirect: false,
        cacheControl: false,
        setHeaders: setFileHeaders,
      },
    }),
  ],
  controllers: [SettingsScreenController],
})
export class SettingsScreenModule {}
