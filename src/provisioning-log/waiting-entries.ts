import type { LogEntry } from './log-entry.ts';
import { KeptText, keptText } from './redact.ts';

/** Most entries that wait while the database is away. Beyond that, the oldest of the busiest workspace are lost. */
export const waitingEntriesMax = 20_000;
/** How many entries wait with their parsed bodies; the writer takes as many in two batches. */
const asParsedEntriesMax = 1_000;
/** Most characters of bodies that wait. Beyond that, entries wait without their bodies. */
const waitingTextMaxChars = 16 * 1024 * 1024;
/** How many entries are lost at a time, so that a full queue is not searched for each new entry. */
const lostAtOnceEntries = 500;

/** Takes the place of a body that could not wait. */
const notKept = new KeptText(JSON.stringify('… (not kept: too much was waiting to be written)'));

/** The entries that wait to be written, oldest first. Their number and size are bounded, whatever clients send. */
export class WaitingEntries {
  private entries: LogEntry[] = [];
  private textChars = 0;
  private lostEntries = 0;

  get count(): number {
    return this.entries.length;
  }

  /** How many were lost since the process started. */
  get lost(): number {
    return this.lostEntries;
  }

  /** When the oldest came in, or null when none waits. */
  get oldestAt(): Date | null {
    return this.entries[0]?.at ?? null;
  }

  add(entry: LogEntry): void {
    if (this.entries.length >= waitingEntriesMax) this.loseSome();
    this.entries.push(this.entries.length < asParsedEntriesMax ? entry : this.settle(entry));
  }

  /** Takes the oldest. */
  take(entriesMax: number): LogEntry[] {
    const taken = this.entries.splice(0, entriesMax);
    for (const entry of taken) this.textChars -= textCharsOf(entry);
    return taken;
  }

  /** Puts back what could not be written yet. */
  putBack(batch: readonly LogEntry[]): void {
    this.entries = [...batch.map((entry) => this.settle(entry)), ...this.entries];
    while (this.entries.length > waitingEntriesMax) this.loseSome();
  }

  /** The entry with its bodies in their kept form: small, and counted. */
  private settle(entry: LogEntry): LogEntry {
    const settled = { ...entry, body: settledBody(entry.body), answer: settledBody(entry.answer) };
    const chars = textCharsOf(settled);
    if (chars === 0) return settled;
    if (this.textChars + chars > waitingTextMaxChars) {
      return {
        ...settled,
        body: settled.body && notKept,
        answer: settled.answer && notKept,
      };
    }
    this.textChars += chars;
    return settled;
  }

  /** Drops the oldest entries of the workspace that has most: no workspace pushes out the entries of others. */
  private loseSome(): void {
    const counts = new Map<string, number>();
    for (const { workspaceId } of this.entries) counts.set(workspaceId, (counts.get(workspaceId) ?? 0) + 1);
    const [most] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one));
    let left = lostAtOnceEntries;
    this.entries = this.entries.filter((entry) => {
      if (left === 0 || entry.workspaceId !== most) return true;
      left -= 1;
      this.textChars -= textCharsOf(entry);
      return false;
    });
    this.lostEntries += lostAtOnceEntries - left;
  }
}

function settledBody(body: unknown): KeptText | undefined {
  return body === undefined ? undefined : keptText(body);
}

/** What is not settled yet does not count, nor does what stands for many. */
function textCharsOf({ body, answer }: LogEntry): number {
  return charsOf(body) + charsOf(answer);
}

function charsOf(body: unknown): number {
  return body instanceof KeptText && body !== notKept ? body.text.length : 0;
}
