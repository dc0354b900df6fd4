import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Clock } from '../database/clock.ts';
import { logEntryOf } from './log-entry.ts';
import { LogWriter } from './log-writer.ts';

/** Notes each SCIM request when it has been answered. */
@Injectable()
export class ProvisioningLogMiddleware implements NestMiddleware {
  constructor(
    private readonly log: LogWriter,
    private readonly clock: Clock,
  ) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const at = this.clock.now();
    const startedMs = performance.now();
    response.on('finish', () => {
      const entry = logEntryOf(request, response, at, performance.now() - startedMs);
      if (entry !== null) this.log.add(entry);
    });
    next();
  }
}
