import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Clock } from '../database/clock.ts';
import { inLane } from '../database/lanes/task.ts';
import { minutes, seconds } from '../errors/duration.ts';
import { passingFaultOf } from '../errors/passing-fault.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { type AuditEntry, AuditService, installation } from './audit.service.ts';

const writeEveryMs = seconds(2);
/** For how long what repeats itself is counted before it is told of again. */
export const refusalsCountedMs = minutes(1);
export const readsCountedMs = minutes(60);
/** What is counted apart from the rest: refusals, which anybody causes, and reads of those who are let in. */
export type NoteKind = 'refusal' | 'read';

/**
 * Different things of a kind that a process tells of in each such time: what somebody makes up must not fill the table. All
 * beyond are one record of each action, with how many they were.
 */
export const refusalsTogetherMax = 200;
export const readsTogetherMax = 5_000;

/** Records of a kind that a process writes in an hour. Beyond, they are counted and told of in the next one. */
export const refusalsPerHourMax = 600;
export const readsPerHourMax = 5_000;
const hourMs = minutes(60);

/** Something that repeats itself. `sameAs` says when it is the same. */
export interface Note {
  kind: NoteKind;
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
  private readonly ledgers: Readonly<Record<NoteKind, Ledger>> = {
    refusal: new Ledger(refusalsTogetherMax, refusalsPerHourMax),
    read: new Ledger(readsTogetherMax, readsPerHourMax),
  };
  private writing: Promise<void> = Promise.resolve();

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
    for (const { counted } of Object.values(this.ledgers))
      for (const each of counted.values()) each.toldAtMs = null;
    await this.write();
  }

  note(note: Note): void {
    this.ledgers[note.kind].note(note, this.clock.now().getTime());
  }

  /** Records what is due, one after the other. Never rejects: what the database cannot take now is tried next time. */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeDue());
    return this.writing;
  }

  private async writeDue(): Promise<void> {
    for (const ledger of Object.values(this.ledgers))
      for (const each of ledger.due(this.clock.now().getTime()))
        if (!(await this.writeOne(ledger, each))) return;
  }

  /** @returns whether the next one may be tried; one that the database never takes holds up no other */
  private async writeOne(ledger: Ledger, each: Counted): Promise<boolean> {
    const { count } = each;
    try {
      await inLane('background', () => this.record(each));
    } catch (error) {
      this.faults.report(error, 'Recording what repeats itself', this.logger);
      if (passingFaultOf(error) !== null) return false;
    }
    ledger.told(each, count, this.clock.now().getTime());
    return true;
  }

  private record({ note: { entry }, count, firstAtMs }: Counted): Promise<void> {
    const since = count > 1 ? { since: new Date(firstAtMs).toISOString() } : {};
    const details = { ...entry.details, count, ...since };
    return this.dataSource.transaction((manager) => this.audit.record(manager, { ...entry, details }));
  }
}

/** What a process counts of one kind. */
class Ledger {
  readonly counted = new Map<string, Counted>();
  private readonly togetherMax: number;
  private readonly perHourMax: number;
  private hour = { beganAtMs: 0, records: 0 };

  constructor(togetherMax: number, perHourMax: number) {
    this.togetherMax = togetherMax;
    this.perHourMax = perHourMax;
  }

  note(note: Note, nowMs: number): void {
    const isFull = this.counted.size >= this.togetherMax || this.isSpent(nowMs);
    this.count(isFull && !this.counted.has(note.sameAs) ? othersOf(note) : note, nowMs);
  }

  private count(note: Note, nowMs: number): void {
    const known = this.counted.get(note.sameAs);
    if (known === undefined)
      this.counted.set(note.sameAs, { note, count: 1, firstAtMs: nowMs, toldAtMs: null });
    else {
      if (known.count === 0) Object.assign(known, { note, firstAtMs: nowMs });
      known.count += 1;
    }
  }

  /** What is to be told of now. What has not happened again is forgotten. */
  *due(nowMs: number): Generator<Counted> {
    for (const [key, each] of this.counted) {
      if (each.toldAtMs !== null && nowMs - each.toldAtMs < each.note.countedMs) continue;
      if (each.count === 0) this.counted.delete(key);
      else if (!this.isSpent(nowMs) || isAboutOthers(key)) yield each;
    }
  }

  told(each: Counted, count: number, nowMs: number): void {
    this.hour.records += 1;
    each.count -= count;
    each.toldAtMs = nowMs;
  }

  /** Whether there were as many records in this hour as there may be. */
  private isSpent(nowMs: number): boolean {
    if (nowMs - this.hour.beganAtMs >= hourMs) this.hour = { beganAtMs: nowMs, records: 0 };
    return this.hour.records >= this.perHourMax;
  }
}

const aboutOthers = 'others ';

function isAboutOthers(key: string): boolean {
  return key.startsWith(aboutOthers);
}

/** One note for all of a kind that are beyond what is told of one by one. */
function othersOf({ kind, entry, countedMs }: Note): Note {
  const { action } = entry;
  const workspaceId = installation;
  const origin = { sessionId: null, address: null, requestId: null };
  return {
    kind,
    entry: { workspaceId, action, actor: { kind: 'system' }, details: { others: true }, origin },
    sameAs: `${aboutOthers}${action}`,
    countedMs,
  };
}
