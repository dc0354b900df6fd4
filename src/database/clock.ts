import { Injectable } from '@nestjs/common';

/**
 * Where every rule takes the time from: rules that several processes share must not depend on the clock of one machine
 * (the service runs on `DatabaseClock`), and a test must be able to turn it. Injected by its class.
 */
export abstract class Clock {
  abstract now(): Date;
}

/** The time of this machine, for what shares its database with no other machine. */
@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
