const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Goes through a file by its lines, forward alone, and knows the number of each. A line ends with LF, CR or both. */
export class CsvLines {
  /** Where it is, in bytes. */
  place = 0;
  private line = 1;

  constructor(private readonly bytes: Buffer) {}

  get atEnd(): boolean {
    return this.place >= this.bytes.length;
  }

  /** Goes on to a place. */
  goTo(place: number): void {
    for (; this.place < place; this.place += 1) if (this.endsAt(this.place)) this.line += 1;
  }

  /**
   * Goes over blank lines.
   *
   * @param before goes no further than this
   * @returns the number of the line where it stops
   */
  skipBlank(before = this.bytes.length): number {
    for (;;) {
      const end = this.lineEnd();
      if (this.atEnd || end > before || !isBlank(this.bytes.subarray(this.place, end))) return this.line;
      this.goTo(end);
    }
  }

  /** Goes over a line. @returns its text */
  next(): string {
    const start = this.place;
    this.goTo(this.lineEnd());
    return this.bytes.toString('utf8', start, this.place).trim();
  }

  /** The text from here on. */
  rest(): string {
    return this.bytes.toString('utf8', this.place);
  }

  private lineEnd(): number {
    let at = this.place;
    while (at < this.bytes.length && !this.endsAt(at)) at += 1;
    return Math.min(at + 1, this.bytes.length);
  }

  /** Whether the byte is the last of its line. */
  private endsAt(at: number): boolean {
    const byte = this.bytes[at];
    return byte === lineFeed || (byte === carriageReturn && this.bytes[at + 1] !== lineFeed);
  }
}

function isBlank(line: Buffer): boolean {
  const [first] = line;
  if (first !== undefined && first > 0x20 && first < 0x80) return false;
  return line.toString('utf8').trim() === '';
}
