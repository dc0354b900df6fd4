import { Injectable } from '@nestjs/common';

/** Numbers that a part of the service tells of itself. */
export type HealthDetail = Readonly<Record<string, number>>;

/** What the readiness probe tells besides its status: numbers of parts that may fall behind, under their names. */
@Injectable()
export class HealthDetails {
  private readonly sources = new Map<string, () => HealthDetail>();

  /** @param read asked at each probe; must neither wait nor throw */
  register(name: string, read: () => HealthDetail): void {
    this.sources.set(name, read);
  }

  read(): Record<string, HealthDetail> {
    return Object.fromEntries([...this.sources].map(([name, read]) => [name, read()]));
  }
}
