import { Injectable } from '@nestjs/common';

/** Numbers that one part of the service reports about itself. */
export type HealthDetail = Readonly<Record<string, number>>;

/** What the readiness probe reports besides its status: the numbers of parts that may fall behind, by name. */
@Injectable()
export class HealthDetails {
  private readonly sources = new Map<string, () => HealthDetail>();

  /** @param read called at each probe; must neither wait nor throw */
  register(name: string, read: () => HealthDetail): void {
    this.sources.set(name, read);
  }

  read(): Record<string, HealthDetail> {
    return Object.fromEntries([...this.sources].map(([name, read]) => [name, read()]));
  }
}
