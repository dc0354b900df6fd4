import { Injectable } from '@nestjs/common';

/** Where every rule takes the time from, so that a test can turn it. Injected by its class. */
export abstract class Clock {
  abstract now(): Date;
}

/** The time of this machine. */
@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
