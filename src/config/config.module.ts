import { type DynamicModule, Module } from '@nestjs/common';
import { Config } from './config.ts';

/** Provides the `Config` that was read at start to every module. */
@Module({})
export class ConfigModule {
  static with(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: Config, useValue: config }],
      exports: [Config],
    };
  }
}
