import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Clock } from '../database/clock.ts';
import { inLane } from '../database/lanes/task.ts';
import { minutes, seconds } from '../errors/duration.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { type AuditEntry, AuditService, installation } from './audit.service.ts';

const writeEveryMs = seconds(2);
/** For how long what repeats itself is counted before it is told of again. */
export const refusalsCountedMs = minutes(1);
export const readsCountedMs = minutes(60);
/**
 * Different things that a process tells of in each such time: what somebody makes up must not fill the table. All beyond are
 * one record of each kind, with how many they were.
 */
export const notesTogetherMax = 200;

/** Records of refusals and reads that a process writes in an hour. Beyond, they are counted and told of in the next one. */
export const notesPerHourMax = 600;
const hourMs = minutes(60);

/** Something that repeats itself. `sameAs` says when it is the same. */
export interface Note {
  entry: Omit<AuditEntry, 'details'> & { details: Record<string, unknown> };
  sameAs: string;
  countedMs: number;
}

interface Counted {
  note: Note;
  /** How often since it was told last. */
  count: number;
  firstAtMs: number;
  /** When it was told last; null: not yet. */
  toldAtMs: number | null;
}

/**
 * Records what may happen many times a second, such as refusals: the first one within two seconds, the next ones counted and
 * told together. What is counted is in memory: a process that is killed loses the count, and never the first one for more
 * than two seconds.
 */
@Injectable()
export class AuditNotes implements BeforeApplicationShutdown {
  private readonly logger = new Logger(AuditNotes.name);
  private readonly counted = new Map<string, Counted>();
  private writing: Promise<void> = Promise.resolve();
  private hour = { beganAtMs: 0, records: 0 };

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly faults: PassingFaultLog,
    tasks: BackgroundTasks,
  ) {
    tasks.every({ name: 'Recording what repeats itself', everyMs: writeEveryMs, once: () => this.write() });
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const each of this.counted.values()) each.toldAtMs = null;
    await this.write();
  }

  note(note: Note): void {
    const known = this.counted.get(note.sameAs);
    const isFull = this.counted.size >= notesTogetherMax || this.isSpent(this.clock.now().getTime());
    if (known === undefined && isFull) this.count(othersOf(note));
    else this.count(note);
  }

  private count(note: Note): void {
    const nowMs = this.clock.now().getTime();
    const known = this.counted.get(note.sameAs);
    if (known === undefined)
      this.counted.set(note.sameAs, { note, count: 1, firstAtMs: nowMs, toldAtMs: null });
    else {
      if (known.count === 0) Object.assign(known, { note, firstAtMs: nowMs });
      known.count += 1;
    }
  }

  /** Records what is due, one after the other. Never rejects: what the database cannot take now is tried next time. */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeDue());
    return this.writing;
  }

  private async writeDue(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    for (const [key, each] of this.counted) {
      const isOver = each.toldAtMs === null || nowMs - each.toldAtMs >= each.note.countedMs;
      if (!isOver || (each.count > 0 && this.isSpent(nowMs) && !isAboutOthers(key))) continue;
      if (each.count === 0) {
        this.counted.delete(key);
        continue;
      }
      const { count } = each;
      try {
        await inLane('background', () => this.record(each));
        this.hour.records += 1;
        each.count -= count;
        each.toldAtMs = nowMs;
      } catch (error) {
        this.faults.report(error, 'Recording what repeats itself', this.logger);
        return;
      }
    }
  }

  /** Whether there were as many records in this hour as there may be. */
  private isSpent(nowMs: number): boolean {
    if (nowMs - this.hour.beganAtMs >= hourMs) this.hour = { beganAtMs: nowMs, records: 0 };
    return this.hour.records >= notesPerHourMax;
  }

  private record({ note: { entry }, count, firstAtMs }: Counted): Promise<void> {
    const since = count > 1 ? { since: new Date(firstAtMs).toISOString() } : {};
    const details = { ...entry.details, count, ...since };
    return this.dataSource.transaction((manager) => this.audit.record(manager, { ...entry, details }));
  }
}

const aboutOthers = 'others ';

function isAboutOthers(key: string): boolean {
  return key.startsWith(aboutOthers);
}

/** One note for all of a kind that are beyond what is told of one by one. */
function othersOf({ entry, countedMs }: Note): Note {
  const { action } = entry;
  const workspaceId = installation;
  const origin = { sessionId: null, address: null, requestId: null };
  return {
    entry: { workspaceId, action, actor: { kind: 'system' }, details: { others: true }, origin },
    sameAs: `${aboutOthers}${action}`,
    countedMs,
  };
}
