import { Injectable } from '@nestjs/common';

/** The source of chance, which a test may replace. Injected by its class. */
@Injectable()
export class Randomness {
  /** From 0 to 1. */
  fraction(): number {
    return Math.random();
  }
}
