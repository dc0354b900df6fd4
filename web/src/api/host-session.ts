import { minutesMs } from '../duration.ts';
import type { HostPage } from '../embed/host.ts';
import type { Wishes } from '../embed/messages.ts';
import { publicPath } from '../page-facts.ts';
import { ApiError } from './api-error.ts';
import { answerOnce, api, heldBearer, holdBearer, isAttended, onRenewal } from './client.ts';

/** So long before its end a session is renewed, if somebody is there. */
const renewBeforeMs = minutesMs(5);
/** A clock that is wrong by hours must not have it renewed again and again. */
const renewEarliestMs = minutesMs(10);
/** The longest time that a timer of a browser can wait. */
const timerMaxMs = 2 ** 31 - 1;

interface Opened {
  admin: string;
  token: string;
  wishes: Wishes;
}

/**
 * Signs the page in by the page around it, and keeps it signed in. The session is in the memory of this page alone: no
 * cookie, no storage, no address.
 */
export class HostSession {
  /** Who is signed in, in which workspace; null: nobody yet. */
  private admin: string | null = null;
  private readonly host: HostPage;
  private timer = 0;
  private renewing: Promise<boolean> | null = null;

  constructor(host: HostPage) {
    this.host = host;
    onRenewal(() => this.renew('ended'));
    // The product has closed the page: nobody needs the session any more.
    window.addEventListener('pagehide', () => endInPassing(heldBearer()));
  }

  /** Signs in. @returns how the product wants the screen; nothing when it signed nobody in, which the page says then */
  async start(): Promise<Wishes> {
    const opened = await this.open('start');
    if (opened === null) return {};
    this.admin = opened.admin;
    holdBearer(opened.token);
    return opened.wishes;
  }

  /** @returns whether the same admin is signed in again; somebody else gets a page of their own */
  private renew(reason: 'expiring' | 'ended'): Promise<boolean> {
    this.renewing ??= this.renewOnce(reason).finally(() => (this.renewing = null));
    return this.renewing;
  }

  private async renewOnce(reason: 'expiring' | 'ended'): Promise<boolean> {
    const before = heldBearer();
    const opened = await this.open(reason);
    if (opened === null) return false;
    if (opened.admin !== this.admin) {
      // Nothing that is on its way from this page may be done by somebody else.
      endInPassing(opened.token);
      window.location.reload();
      return false;
    }
    holdBearer(opened.token);
    if (reason === 'expiring') endInPassing(before);
    return true;
  }

  private async open(reason: 'start' | 'expiring' | 'ended'): Promise<Opened | null> {
    const { credential, wishes } = await this.host.ask(reason);
    if (credential === null) return null;
    try {
      const body = { ...credential, replace: false, cookie: false };
      const session = await answerOnce(() => api.POST('/api/session', { body }));
      const headers = { Authorization: `Bearer ${session.token}` };
      const { email, workspace } = await answerOnce(() => api.GET('/api/session', { headers }));
      this.renewInTime(session.expiresAt);
      const locale = wishes.locale ?? session.locale ?? undefined;
      const colorScheme = wishes.colorScheme ?? session.colorScheme ?? undefined;
      const admin = `${workspace.id} ${email.toLowerCase()}`;
      return { admin, token: session.token, wishes: { locale, colorScheme } };
    } catch (error) {
      const detail = error instanceof ApiError ? error.message : String(error);
      this.host.tell({ type: 'sign-in-failed', detail });
      return null;
    }
  }

  private renewInTime(expiresAt: string): void {
    window.clearTimeout(this.timer);
    const waitMs = Math.max(renewEarliestMs, Date.parse(expiresAt) - Date.now() - renewBeforeMs);
    this.timer = window.setTimeout(
      () => {
        this.host.tell({ type: 'session-expiring', expiresAt });
        // Of a page that nobody looks at the session ends, as it does elsewhere.
        if (isAttended()) void this.renew('expiring');
      },
      Math.min(waitMs, timerMaxMs),
    );
  }
}

/** Ends a session without waiting for the answer, also while the page goes away. */
function endInPassing(token: string | null): void {
  if (token === null) return;
  const headers = { Authorization: `Bearer ${token}` };
  const ended = fetch(`${publicPath}/api/session`, {
    method: 'DELETE',
    headers,
    credentials: 'omit',
    keepalive: true,
  });
  // It ends by itself soon.
  ended.catch(() => undefined);
}
