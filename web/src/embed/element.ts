import {
  type Credential,
  type FromFrame,
  type FromHost,
  opened,
  sealed,
  textOf,
  type Wishes,
} from './messages.ts';

/** Where this script came from is where the screen is. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';
const service = new URL('.', script || document.baseURI);

const startPath = 'user-provisioning';
/** It fits into the window. */
const heightDefault = 'min(60rem, 100dvh)';
const eventNames = new Set(['ready', 'height', 'navigated', 'changed', 'session-expiring', 'sign-in-failed']);
const watched = ['path', 'locale', 'color-scheme', 'auto-height'] as const;

/** Says who is to be signed in: an assertion of the product's own sign-in, or the code of an admin link. */
type GetSession = () => Promise<Credential>;

/**
 * `<user-provisioning>`: the settings screen in a frame. `getSession` signs the admin in, now and whenever their session
 * ends. Attributes: `path`, the page to show; `locale`; `color-scheme`; `auto-height`, for a frame as high as its content.
 *
 * Events `ready`, `height`, `navigated`, `changed`, `session-expiring` and `sign-in-failed` have a `detail`.
 */
class UserProvisioning extends HTMLElement {
  static readonly observedAttributes = watched;

  private frame: HTMLIFrameElement | null = null;
  private sessions: GetSession | null = null;
  private readonly waiting: ((getSession: GetSession) => void)[] = [];
  private here = '';
  /** Set while it is found out what of the frame can be seen. */
  private looking: IntersectionObserver | null = null;

  get getSession(): GetSession | null {
    return this.sessions;
  }

  set getSession(getSession: GetSession | null) {
    this.sessions = getSession;
    if (getSession !== null) for (const go of this.waiting.splice(0)) go(getSession);
  }

  connectedCallback(): void {
    // A framework may have set it before this script was there.
    if (Object.hasOwn(this, 'getSession')) {
      const { getSession } = this;
      delete (this as { getSession?: unknown }).getSession;
      this.getSession = getSession;
    }
    window.addEventListener('message', this.heard);
    // Whatever scrolls around the frame.
    window.addEventListener('scroll', this.look, { capture: true, passive: true });
    window.addEventListener('resize', this.look);
    const frame = document.createElement('iframe');
    frame.title = this.getAttribute('title') ?? 'User provisioning';
    // A secret that is shown once can be copied; nothing of the address goes to anybody.
    frame.allow = 'clipboard-write';
    frame.referrerPolicy = 'no-referrer';
    this.here = this.getAttribute('path') ?? startPath;
    frame.src = new URL(`settings/${this.here}`, service).href;
    Object.assign(frame.style, { border: '0', display: 'block', width: '100%', height: '100%' });
    this.style.display ||= 'block';
    this.style.height ||= heightDefault;
    this.frame = frame;
    this.append(frame);
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.heard);
    window.removeEventListener('scroll', this.look, { capture: true });
    window.removeEventListener('resize', this.look);
    this.looking?.disconnect();
    this.looking = null;
    this.frame?.remove();
    this.frame = null;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (this.frame === null || before === now) return;
    if (name === 'path' && now !== null && now !== this.here) this.tell({ type: 'navigate', path: now });
    else if (name === 'auto-height' && now === null) this.tell({ type: 'seen', seen: null });
    else if (name === 'auto-height') this.look();
    else if (name !== 'path') this.tell({ type: 'look', wishes: this.wishes() });
  }

  /**
   * Tells a frame that is as high as its content which part of it can be seen, so that dialogs are there. What cuts it off is
   * counted, whichever element around it does.
   */
  private readonly look = (): void => {
    if (this.frame === null || this.looking !== null || !this.hasAttribute('auto-height')) return;
    // It answers at once about each element that it is given, and is then not needed any more.
    this.looking = new IntersectionObserver(([entry]) => {
      this.looking?.disconnect();
      this.looking = null;
      if (entry === undefined) return;
      const { intersectionRect, boundingClientRect } = entry;
      const { height } = intersectionRect;
      const top = Math.max(0, intersectionRect.top - boundingClientRect.top);
      this.tell({ type: 'seen', seen: { top, height, most: window.innerHeight } });
    });
    this.looking.observe(this.frame);
  };

  /** Only the frame of this element is listened to, and only while the service itself is in it. */
  private readonly heard = (event: MessageEvent<unknown>): void => {
    if (this.frame === null || event.source !== this.frame.contentWindow) return;
    if (event.origin !== service.origin) return;
    const message = opened(event.data) as ({ type: string } & Partial<FromFrame>) | null;
    if (message === null) return;
    if (message.type === 'session-needed') return void this.signIn(message);
    if (!eventNames.has(message.type)) return;
    if (message.type === 'navigated') this.here = textOf(message.path) ?? this.here;
    if (message.type === 'height' && this.hasAttribute('auto-height')) {
      this.style.height = `${Number(message.px)}px`;
      this.look();
    }
    const { type, ...others } = message;
    const detail = Object.fromEntries(Object.entries(others).filter(([name]) => name !== 'protocol'));
    this.dispatchEvent(new CustomEvent(type, { detail }));
  };

  private async signIn({ ask, reason }: { ask?: number; reason?: string }): Promise<void> {
    const getSession =
      this.sessions ?? (await new Promise<GetSession>((resolve) => this.waiting.push(resolve)));
    const credential = await Promise.resolve()
      .then(getSession)
      .catch((error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        this.dispatchEvent(new CustomEvent('sign-in-failed', { detail: { detail, reason } }));
        return null;
      });
    this.tell({ type: 'session', ask: Number(ask), credential, wishes: this.wishes() });
  }

  private wishes(): Wishes {
    return {
      locale: this.getAttribute('locale') ?? undefined,
      colorScheme: this.getAttribute('color-scheme') ?? undefined,
    };
  }

  /** The origin keeps a credential from whatever else the frame may show by now. */
  private tell(message: FromHost): void {
    this.frame?.contentWindow?.postMessage(sealed(message), service.origin);
  }
}

if (customElements.get('user-provisioning') === undefined)
  customElements.define('user-provisioning', UserProvisioning);
