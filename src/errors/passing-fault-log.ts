import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type PassingFault, passingFaultOf } from './passing-fault.ts';

/** How often the log says at most that the database is in one and the same condition. */
const sayAgainAfterMs = 10_000;

/** What happened since a condition was last told of, by the work that met it. */
interface Condition {
  sinceTold: Map<string, number>;
  timer: NodeJS.Timeout;
}

/**
 * Tells the log of conditions of the database that pass: each when it begins, and while it lasts once in an interval with
 * how often it was met, whether by requests or by work in the background. Ten thousand requests that fail for one reason
 * are one thing to know, and a bug must not drown in them.
 */
@Injectable()
export class PassingFaultLog implements OnApplicationShutdown {
  private readonly logger = new Logger(PassingFaultLog.name);
  private readonly conditions = new Map<string, Condition>();

  /**
   * Takes what was thrown, when it is such a condition.
   *
   * @param by the work that met it, as the log calls it: `a request`
   * @returns whether it was; if not, the caller has to tell of it
   */
  takes(thrown: unknown, by: string): boolean {
    const fault = passingFaultOf(thrown);
    if (fault === null) return false;
    const known = this.conditions.get(fault.code);
    if (known) known.sinceTold.set(by, (known.sinceTold.get(by) ?? 0) + 1);
    else this.begin(fault, thrown, by);
    return true;
  }

  /**
   * Tells of a failure in the background, whatever it is: a condition that passes as one, anything else with its stack.
   *
   * @param work what failed, to go on with "failed": `Handling leavers`
   * @param fields what else to say of it
   */
  report(thrown: unknown, work: string, logger: Logger, fields: Record<string, unknown> = {}): void {
    if (!this.takes(thrown, work)) logger.error({ err: thrown, ...fields }, `${work} failed`);
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.conditions.values()) clearInterval(timer);
    this.conditions.clear();
  }

  private begin(fault: PassingFault, thrown: unknown, by: string): void {
    const advice = fault.advice === undefined ? '' : ` ${fault.advice}`;
    this.logger.warn(
      { condition: fault.code, by, reason: reasonOf(thrown) },
      `${fault.sentence.en} Met by: ${by}.${advice}`,
    );
    const timer = setInterval(() => this.tellAgain(fault), sayAgainAfterMs);
    timer.unref();
    this.conditions.set(fault.code, { sinceTold: new Map(), timer });
  }

  private tellAgain(fault: PassingFault): void {
    const condition = this.conditions.get(fault.code);
    if (condition === undefined) return;
    const { sinceTold, timer } = condition;
    if (sinceTold.size === 0) {
      clearInterval(timer);
      this.conditions.delete(fault.code);
      return;
    }
    const times = [...sinceTold.values()].reduce((sum, count) => sum + count, 0);
    const by = Object.fromEntries(sinceTold);
    sinceTold.clear();
    this.logger.warn(
      { condition: fault.code, by },
      `${fault.sentence.en} ${times} more in the last ${sayAgainAfterMs / 1000} s.`,
    );
  }
}

/** The server's own words name rows and values only in fields that are not read here. */
function reasonOf(thrown: unknown): string {
  const { code, message } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<
    string,
    unknown
  >;
  const words = typeof message === 'string' ? message : String(thrown);
  return typeof code === 'string' && !words.includes(code) ? `${code}: ${words}` : words;
}
