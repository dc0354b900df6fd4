import { Global, Module } from '@nestjs/common';
import { ConstraintErrors } from '../../errors/constraint-errors.ts';
import { ErrorFilter } from './error.filter.ts';
import { PassingFaultLog } from '../../errors/passing-fault-log.ts';
import { RefusedRequests } from './refused-requests.ts';

/** Provides the one error filter, which the application registers globally, and what tells of passing conditions. */
@Global()
@Module({
  providers: [ConstraintErrors, ErrorFilter, PassingFaultLog, RefusedRequests],
  exports: [ConstraintErrors, ErrorFilter, PassingFaultLog, RefusedRequests],
})
export class ErrorsModule {}
