import pg from 'pg';
import { ClientGoneError } from '../errors/domain-errors.ts';
import { seconds } from '../errors/duration.ts';
import { Asker, currentTask, inTask, ofThisTask, type Task } from './lanes/task.ts';

/** Writes that one statement carries out at most: what they cost together hardly falls beyond that. */
const writesTogetherMax = 32;
/** How long others of the workspace wait for a statement that itself waits, for a lock or a slow disk. */
const overdueMs = seconds(1);
/** How long the writes of a workspace go one by one after that. */
const apartMs = seconds(2);

/**
 * A kind of write that several requests of one workspace may need at the same moment.
 *
 * @property alone carries out one: what counts whenever there is a choice
 * @property together carries out several in one statement, and answers in their order; null: this one was not written, and
 *   is to be tried alone. When it fails, nothing was written.
 * @property keysOf what a write decides about: two with a common key are not in one statement, and keep their order
 */
export interface WriteKind<Write, Answer> {
  alone(workspaceId: string, write: Write): Promise<Answer>;
  together(workspaceId: string, writes: readonly Write[]): Promise<(Answer | null)[]>;
  keysOf(write: Write): readonly string[];
}

interface Waiting<Write, Answer> {
  readonly write: Write;
  readonly task: Task;
  readonly alone: () => Promise<Answer>;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** The writes of one workspace. */
interface Line<Write, Answer> {
  readonly workspaceId: string;
  waiting: Waiting<Write, Answer>[];
  isGathering: boolean;
  /** What is under way, if others wait for it. */
  ahead: object | null;
  apartUntilMs: number;
}

/**
 * Writes that arrive while an earlier one of their workspace is under way share a statement and a commit (group commit):
 * most of what a small write costs is there once for all of them. A write that finds none under way goes at once and alone;
 * no timer holds it back. Each is answered when it is committed.
 *
 * Workspaces have lines of their own, so none waits for the locks of another. Within one, a statement that is overdue is
 * ended, and for a while each write goes alone; so does whatever fails together with others.
 */
export class CombinedWrites<Write, Answer> {
  private readonly kind: WriteKind<Write, Answer>;
  private readonly lines = new Map<string, Line<Write, Answer>>();

  constructor(kind: WriteKind<Write, Answer>) {
    this.kind = kind;
  }

  /** Answers and throws what the write alone would. */
  write(workspaceId: string, write: Write): Promise<Answer> {
    let line = this.lines.get(workspaceId);
    if (line === undefined) {
      line = { workspaceId, waiting: [], isGathering: false, ahead: null, apartUntilMs: 0 };
      this.lines.set(workspaceId, line);
    }
    const { waiting } = line;
    const alone = ofThisTask(() => this.kind.alone(workspaceId, write));
    const answer = new Promise<Answer>((resolve, reject) => {
      waiting.push({ write, task: currentTask(), alone, resolve, reject });
    });
    this.goOn(line);
    return answer;
  }

  /** Sends what waits, once all sockets with something to read have been read in this turn. */
  private goOn(line: Line<Write, Answer>): void {
    if (line.isGathering || line.ahead !== null) return;
    if (line.waiting.length === 0) {
      if (performance.now() >= line.apartUntilMs) this.lines.delete(line.workspaceId);
      return;
    }
    line.isGathering = true;
    setImmediate(() => {
      line.isGathering = false;
      this.send(line);
    });
  }

  private send(line: Line<Write, Answer>): void {
    if (performance.now() < line.apartUntilMs) {
      for (const one of line.waiting.splice(0)) void settle(one, one.alone());
      return;
    }
    const batch = this.takeBatch(line);
    const [first] = batch;
    if (first === undefined) return this.goOn(line);
    const asker = new Asker(first.task.asker?.shareKey ?? (() => null));
    const sent = {};
    line.ahead = sent;
    const release = () => {
      clearTimeout(timer);
      if (line.ahead !== sent) return;
      line.ahead = null;
      this.goOn(line);
    };
    const timer = setTimeout(() => {
      line.apartUntilMs = performance.now() + apartMs;
      release();
      asker.leave();
    }, overdueMs);
    const work =
      batch.length === 1
        ? settle(first, first.alone())
        : inTask({ lane: first.task.lane, asker }, () => this.sendTogether(line.workspaceId, batch));
    void work.then(release);
  }

  /** Who is first in line, and who may go with them. Those who may not stay, in their order. */
  private takeBatch(line: Line<Write, Answer>): Waiting<Write, Answer>[] {
    const batch: Waiting<Write, Answer>[] = [];
    const left: Waiting<Write, Answer>[] = [];
    const keys = new Set<string>();
    for (const one of line.waiting) {
      if (one.task.asker?.isGone) {
        one.reject(new ClientGoneError());
        continue;
      }
      const own = this.kind.keysOf(one.write);
      const mayGo = batch.length < writesTogetherMax && !own.some((key) => keys.has(key));
      for (const key of own) keys.add(key);
      (mayGo ? batch : left).push(one);
    }
    line.waiting = left;
    return batch;
  }

  /** Settles when the statement has ended; never rejects. Who is tried alone after it holds nobody up. */
  private async sendTogether(workspaceId: string, batch: readonly Waiting<Write, Answer>[]): Promise<void> {
    const writes = batch.map(({ write }) => write);
    try {
      const answers = await this.kind.together(workspaceId, writes);
      for (const [at, one] of batch.entries()) {
        const answer = answers[at] ?? null;
        if (answer === null) void settle(one, one.alone());
        else one.resolve(answer);
      }
    } catch (error) {
      // Of a connection that broke nobody knows what it has committed.
      const isUndone = wasTakenBack(error);
      for (const one of batch) {
        if (isUndone) void settle(one, one.alone());
        else one.reject(error);
      }
    }
  }
}

/** Whether nothing of a statement was written: PostgreSQL answered it with the error, or it was ended, or never sent. */
function wasTakenBack(error: unknown): boolean {
  return (
    error instanceof ClientGoneError || (error instanceof pg.DatabaseError && error.severity !== 'FATAL')
  );
}

function settle<Answer>(
  { resolve, reject }: Pick<Waiting<unknown, Answer>, 'resolve' | 'reject'>,
  answer: Promise<Answer>,
): Promise<void> {
  return answer.then(resolve, reject);
}
