/** What signs an admin in: see `POST /api/session`. */
export type Credential = { assertion: string } | { code: string };

/** How the product wants the screen to look. */
export interface Wishes {
  locale?: string | undefined;
  colorScheme?: string | undefined;
}

/**
 * The part of a frame, as high as its content, that can be seen in the page around it; in CSS pixels.
 *
 * @property top how much of the frame is above it
 * @property height how high it is
 * @property most how high the window of the page around is: no more could be seen
 */
export interface Seen {
  top: number;
  height: number;
  most: number;
}

/** What the screen in the frame says to the page around it. */
export type FromFrame =
  /** It wants to be signed in; the answer has the same number. */
  | { type: 'session-needed'; ask: number; reason: 'start' | 'expiring' | 'ended' }
  | { type: 'ready' }
  | { type: 'height'; px: number }
  | { type: 'navigated'; path: string }
  | { type: 'changed'; area: string }
  | { type: 'session-expiring'; expiresAt: string }
  | { type: 'sign-in-failed'; detail: string };

/** What the page around it says to the screen. */
export type FromHost =
  | { type: 'session'; ask: number; credential: Credential | null; wishes: Wishes }
  | { type: 'look'; wishes: Wishes }
  /** The part of the frame that can be seen has changed, or none is told of any more. */
  | { type: 'seen'; seen: Seen | null }
  | { type: 'navigate'; path: string };

/** Marks the messages of this protocol, of which there is one version. */
const mark = 'user-provisioning/1';

/** A message as it goes over the border between two pages. */
export function sealed<T extends FromFrame | FromHost>(message: T): T & { protocol: string } {
  return { ...message, protocol: mark };
}

/** A message of this protocol, or null. Its parts are still to be looked at: anybody may have sent it. */
export function opened(data: unknown): Record<string, unknown> | null {
  if (typeof data !== 'object' || data === null) return null;
  const message = data as Record<string, unknown>;
  return message.protocol === mark && typeof message.type === 'string' ? message : null;
}

/** A text of a message, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
