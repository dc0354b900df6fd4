import {
  type Credential,
  type FromFrame,
  opened,
  sealed,
  type Seen,
  textOf,
  type Wishes,
} from './messages.ts';

/** How long the page around has to say who is signed in. Its own back end may be asked for that. */
const answersWithinMs = 30_000;

/** What the page around wants of the screen, or tells it. */
export type HostWish = { wishes: Wishes } | { path: string } | { seen: Seen | null };

/** The page of the product around this one. */
export class HostPage {
  private readonly origins: readonly string[];
  private asks = 0;
  /** null: nobody who may has answered yet. */
  private origin: string | null = null;
  private readonly pending = new Map<number, (answer: HostAnswer) => void>();
  private whenAsked: (wish: HostWish) => void = () => undefined;

  /** @param origins whose pages may show this one; the browser refuses the others before they come so far */
  constructor(origins: readonly string[]) {
    this.origins = origins;
    window.addEventListener('message', (event) => this.heard(event));
  }

  /** Sets what happens when it wants the screen to look otherwise, or to show another page, or tells what can be seen. */
  onWish(listener: (wish: HostWish) => void): void {
    this.whenAsked = listener;
  }

  /** Asks who is to be signed in. An answer that nobody asked for, or a second one, counts for nothing. */
  async ask(reason: 'start' | 'expiring' | 'ended'): Promise<HostAnswer> {
    this.asks += 1;
    const ask = this.asks;
    const answer = new Promise<HostAnswer>((resolve) => this.pending.set(ask, resolve));
    const late = new Promise<HostAnswer>((resolve) => {
      window.setTimeout(() => resolve({ credential: null, wishes: {} }), answersWithinMs);
    });
    this.tell({ type: 'session-needed', ask, reason });
    return Promise.race([answer, late]).finally(() => this.pending.delete(ask));
  }

  /** Says something to it, and to nobody else: until it has answered, whichever of those who may it is. */
  tell(message: FromFrame): void {
    for (const origin of this.origin === null ? this.possible() : [this.origin])
      window.parent.postMessage(sealed(message), origin);
  }

  private possible(): readonly string[] {
    // Not every browser tells who is around.
    const around = (window.location as { ancestorOrigins?: DOMStringList }).ancestorOrigins?.[0];
    return around === undefined ? this.origins : this.origins.filter((origin) => origin === around);
  }

  private heard({ source, origin, data }: MessageEvent<unknown>): void {
    if (source !== window.parent || !this.origins.includes(origin)) return;
    if (this.origin !== null && origin !== this.origin) return;
    const message = opened(data);
    if (message === null) return;
    this.origin = origin;
    const wishes = readWishes(message.wishes);
    if (message.type === 'session')
      this.pending.get(Number(message.ask))?.({ credential: readCredential(message.credential), wishes });
    else if (message.type === 'look') this.whenAsked({ wishes });
    else if (message.type === 'seen') this.whenAsked({ seen: readSeen(message.seen) });
    else if (message.type === 'navigate' && typeof message.path === 'string')
      this.whenAsked({ path: message.path });
  }
}

/** Who is to be signed in; null: nobody. */
export interface HostAnswer {
  credential: Credential | null;
  wishes: Wishes;
}

function readCredential(value: unknown): Credential | null {
  const { assertion, code } = (value ?? {}) as Record<string, unknown>;
  if (typeof assertion === 'string') return { assertion };
  return typeof code === 'string' ? { code } : null;
}

function readWishes(value: unknown): Wishes {
  const { locale, colorScheme } = (value ?? {}) as Record<string, unknown>;
  return { locale: textOf(locale), colorScheme: textOf(colorScheme) };
}

function readSeen(value: unknown): Seen | null {
  const { top, height, most } = (value ?? {}) as Record<string, unknown>;
  const [above, high, window] = [Number(top), Number(height), Number(most)];
  return above >= 0 && high >= 0 && window > 0 ? { top: above, height: high, most: window } : null;
}
