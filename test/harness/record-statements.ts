import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

declare global {
  /** Notes a statement that the service sends to PostgreSQL; absent where nothing is recorded. */
  var noteStatement: ((query: unknown) => void) | undefined;
}

const foreign = new Set<string>();

/** A statement of a test itself, which the service never sends. */
export function leaveOut(text: string): void {
  foreign.add(text);
}

/**
 * Preloaded by every process of a test run, as `record-faults.ts` is. Each text of a statement goes once into a file of
 * the process in `TEST_STATEMENTS_FOLDER`; `scripts/test.ts` then asks of each whether it keeps to one workspace.
 */
const folder = process.env.TEST_STATEMENTS_FOLDER;

if (folder !== undefined) {
  const file = join(folder, `${process.pid}.jsonl`);
  const noted = new Set<string>();
  globalThis.noteStatement = (query) => {
    if (typeof query !== 'object' || query === null || !('text' in query)) return;
    const { text } = query;
    if (typeof text !== 'string' || noted.has(text) || foreign.has(text)) return;
    noted.add(text);
    appendFileSync(file, `${JSON.stringify(text)}\n`);
  };
}
