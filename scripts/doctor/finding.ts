/** How grave something is. `fail`: the service does not work so. `warn`: it may be meant so, and is worth a look. */
export type Level = 'ok' | 'warn' | 'fail';

/** What a check has found, in a sentence. */
export interface Finding {
  level: Level;
  /** What was looked at: `database`. */
  about: string;
  says: string;
}

/** Findings about one thing. */
export class Findings {
  readonly all: Finding[] = [];
  private readonly about: string;

  constructor(about: string) {
    this.about = about;
  }

  ok(says: string): void {
    this.add('ok', says);
  }

  warn(says: string): void {
    this.add('warn', says);
  }

  fail(says: string): void {
    this.add('fail', says);
  }

  private add(level: Level, says: string): void {
    this.all.push({ level, about: this.about, says });
  }
}
