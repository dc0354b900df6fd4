import { Global, Module } from '@nestjs/common';
import { ErrorFilter } from './error.filter.ts';

/** Provides the one error filter, which the application registers globally. */
@Global()
@Module({ providers: [ErrorFilter], exports: [ErrorFilter] })
export class ErrorsModule {}
