/**
 * The source of time for every rule. Rules that several processes share must not depend on the clock of one machine (the
 * service uses `DatabaseClock`), and a test must be able to set it. Injected by its class.
 */
export abstract class Clock {
  abstract now(): Date;
}

/** The time of this machine, for programs that share their database with no other machine. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
