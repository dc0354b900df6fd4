import type { EventPage } from './event.ts';

/** Reads the page after a cursor. @param onNext told where the next page begins, before this one has come whole */
type Read = (after: string | null, signal: AbortSignal, onNext: (next: string) => void) => Promise<EventPage>;

interface Reading {
  after: string | null;
  page: Promise<EventPage>;
  stop: AbortController;
  /** Where the next page begins; null: not known yet, or there is none at the moment. */
  told: { next: string | null };
}

/**
 * Reads pages one after the other, and asks for the next one as soon as it is known where it begins: the service makes it
 * while the one before is read and handled. At most two pages are there at a time.
 */
export class ReadAhead {
  private readonly read: Read;
  private current: Reading | null = null;
  private ahead: Reading | null = null;

  constructor(read: Read) {
    this.read = read;
  }

  /** The page after a cursor. @throws what reading it throws */
  page(after: string | null): Promise<EventPage> {
    const { ahead } = this;
    this.ahead = null;
    const isKnown = ahead !== null && ahead.after === after;
    if (!isKnown) ahead?.stop.abort();
    this.current = isKnown ? ahead : this.begin(after);
    this.lookAhead();
    return this.current.page;
  }

  /** Nothing more is wanted. */
  end(): void {
    this.current?.stop.abort();
    this.ahead?.stop.abort();
  }

  private begin(after: string | null): Reading {
    const stop = new AbortController();
    const told = { next: null as string | null };
    const page = this.read(after, stop.signal, (next) => {
      told.next = next;
      this.lookAhead();
    });
    // Nobody may ask for this page: then its failure is nobody's.
    page.catch(() => undefined);
    return { after, stop, page, told };
  }

  private lookAhead(): void {
    const next = this.current?.told.next ?? null;
    if (next !== null && this.ahead === null) this.ahead = this.begin(next);
  }
}
