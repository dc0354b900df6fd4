import { BadInputError, DomainError } from '../../errors/domain-errors.ts';
import type { BodyLine } from '../../http/bodies/read-lines.ts';
import { readEmailAddress } from '../../member-directory/fields/email-address.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { emailKeyOf } from '../members/find-members.ts';
import { managerExternalId } from '../members/manager-reference.ts';
import type { LineResult } from './member-batch.service.ts';
import { type Draft, readDraft } from './read-line.ts';

/** Lines of one batch. */
export const batchLinesMax = 50_000;

/** Lines that are written together, in one transaction. */
export const linesTogetherMax = 500;

/** Writes the members of lines, of which no two have the same id or address. */
type Write = (drafts: readonly Draft[]) => Promise<LineResult[]>;

/**
 * Carries a batch out as it comes: what has arrived is written, without waiting for more, so that the sender may wait for
 * the answer to a line before the next one.
 *
 * @param lines what came together each time
 * @returns what became of the lines, in their order
 */
export async function* carryOut(
  lines: AsyncIterable<BodyLine[]>,
  write: Write,
): AsyncGenerator<LineResult[]> {
  for await (const together of lines) {
    const allowed = together.filter(({ number }) => number <= batchLinesMax);
    let chunk = new Chunk();
    for (const line of allowed) {
      const read = readOrRefuse(line);
      if (!chunk.takes(read)) {
        yield await chunk.written(write);
        chunk = new Chunk();
      }
      chunk.add(read);
    }
    yield await chunk.written(write);
    if (allowed.length < together.length) {
      yield [{ line: batchLinesMax + 1, outcome: 'refused', error: tooMany() }];
      return;
    }
  }
}

type ReadLine = Draft | Extract<LineResult, { outcome: 'refused' }>;

function readOrRefuse(line: BodyLine): ReadLine {
  try {
    return readDraft(line);
  } catch (error) {
    if (!(error instanceof DomainError || error instanceof ScimError)) throw error;
    return { line: line.number, outcome: 'refused', error };
  }
}

/** Lines that can be written together: none has the id or the address of another, or names one as the manager. */
class Chunk {
  private readonly drafts: Draft[] = [];
  private readonly refused: LineResult[] = [];
  private readonly ids = new Set<string>();
  private readonly addresses = new Set<string>();

  takes(line: ReadLine): boolean {
    if ('outcome' in line) return true;
    const { externalId, email } = line.body;
    if (this.drafts.length >= linesTogetherMax || this.ids.has(externalId)) return false;
    const manager = managerExternalId(line.body);
    if (manager !== null && this.ids.has(manager)) return false;
    const address = addressKeyOf(email);
    return address === null || !this.addresses.has(address);
  }

  add(line: ReadLine): void {
    if ('outcome' in line) {
      this.refused.push(line);
      return;
    }
    const { externalId, email } = line.body;
    this.drafts.push(line);
    this.ids.add(externalId);
    const address = addressKeyOf(email);
    if (address !== null) this.addresses.add(address);
  }

  async written(write: Write): Promise<LineResult[]> {
    const results = [...this.refused, ...(await write(this.drafts))];
    return results.sort((one, other) => one.line - other.line);
  }
}

/** What an address is looked up by; null for a text that is none: its line is refused, so that others need not wait for it. */
function addressKeyOf(email: string | null | undefined): string | null {
  return typeof email === 'string' && readEmailAddress(email) !== null ? emailKeyOf(email) : null;
}

function tooMany(): BadInputError {
  const message = `A batch has at most ${batchLinesMax} lines. Send what follows as another one.`;
  return new BadInputError([{ path: '', message }]);
}
