import { PassThrough, type Readable } from 'node:stream';
import { ClientGoneError } from '../../errors/domain-errors.ts';

/** A line of a body; `bytes` is null for one that is longer than it may be. */
export interface BodyLine {
  /** 1 for the first. */
  number: number;
  bytes: Buffer | null;
}

const newLine = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from('\ufeff');

/** How a body is read line by line. */
export interface LineLimits {
  /** Of a longer line nothing is kept. */
  lineSizeMaxBytes: number;
  /** How much is taken in while earlier lines are still being worked on; then the sender waits. */
  aheadMaxBytes: number;
}

/**
 * Reads a body line by line as it comes, in memory no more than what was taken in ahead, and one line. Empty lines are
 * counted and left out.
 *
 * @returns what came together, as whole lines
 * @throws ClientGoneError when the body breaks off
 */
export async function* readLines(
  body: Readable,
  { lineSizeMaxBytes, aheadMaxBytes }: LineLimits,
): AsyncGenerator<BodyLine[]> {
  const splitter = new LineSplitter(lineSizeMaxBytes);
  const ahead = new PassThrough({ highWaterMark: aheadMaxBytes });
  const breakOff = () => ahead.destroy(new ClientGoneError());
  body.once('error', breakOff);
  body.once('close', () => {
    if (!body.readableEnded) breakOff();
  });
  try {
    yield* linesOf(body.pipe(ahead), splitter);
  } finally {
    body.unpipe(ahead);
  }
}

async function* linesOf(body: Readable, splitter: LineSplitter): AsyncGenerator<BodyLine[]> {
  const parts = body.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for (;;) {
    const part = await parts.next().catch(() => {
      throw new ClientGoneError();
    });
    const lines = part.done === true ? splitter.end() : splitter.take(withWhatWaits(part.value, body));
    if (lines.length > 0) yield lines;
    if (part.done === true) return;
  }
}

/** What was taken in ahead comes in the parts that it was sent in, often one for each line. */
function withWhatWaits(part: Buffer, body: Readable): Buffer {
  const parts = [part];
  for (let next = readPart(body); next !== null; next = readPart(body)) parts.push(next);
  return Buffer.concat(parts);
}

function readPart(body: Readable): Buffer | null {
  return body.read() as Buffer | null;
}

class LineSplitter {
  private readonly begun: Buffer[] = [];
  private begunBytes = 0;
  private number = 0;

  constructor(private readonly lineSizeMaxBytes: number) {}

  take(part: Buffer): BodyLine[] {
    const lines: BodyLine[] = [];
    let from = 0;
    for (let at = part.indexOf(newLine); at !== -1; at = part.indexOf(newLine, from)) {
      this.keep(part.subarray(from, at));
      lines.push(...this.finished());
      from = at + 1;
    }
    this.keep(part.subarray(from));
    return lines;
  }

  /** The last line need not be ended. */
  end(): BodyLine[] {
    return this.begunBytes === 0 ? [] : this.finished();
  }

  private keep(bytes: Buffer): void {
    this.begunBytes += bytes.length;
    if (this.begunBytes > this.lineSizeMaxBytes) this.begun.length = 0;
    else if (bytes.length > 0) this.begun.push(bytes);
  }

  private finished(): BodyLine[] {
    const isTooLong = this.begunBytes > this.lineSizeMaxBytes;
    const bytes = isTooLong ? null : trimmed(Buffer.concat(this.begun), this.number === 0);
    this.begun.length = 0;
    this.begunBytes = 0;
    this.number += 1;
    return bytes?.length === 0 ? [] : [{ number: this.number, bytes }];
  }
}

function trimmed(line: Buffer, isFirst: boolean): Buffer {
  const from =
    isFirst && line.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  return line.subarray(from, line.at(-1) === carriageReturn ? line.length - 1 : line.length);
}
