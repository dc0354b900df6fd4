import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SignInKey, signedAssertion } from './vendor-sign-in.ts';

/** Who the product says is signed in. */
export interface ProductAdmin {
  key: SignInKey;
  email: string;
  role: string;
  workspace: string;
  locale?: string;
}

/** A product whose settings page shows the settings screen in a frame: an origin of its own. */
export class HostPages {
  /** How often its page asked who is signed in. */
  asked = 0;
  /** null: nobody is. */
  admin: ProductAdmin | null = null;
  /** What stands in its page beside the script. */
  body = '<user-provisioning></user-provisioning>';
  private readonly server: Server;
  private readonly serviceUrl: string;

  private constructor(server: Server, serviceUrl: string) {
    this.server = server;
    this.serviceUrl = serviceUrl;
  }

  static async start(serviceUrl: string): Promise<HostPages> {
    const server = createServer();
    const pages = new HostPages(server, serviceUrl);
    server.on('request', (request, response) => {
      const [type, text] = pages.answer(request.url ?? '');
      response.setHeader('content-type', type);
      // The strictest policy under which the element works.
      response.setHeader(
        'content-security-policy',
        `default-src 'none'; script-src 'self' ${serviceUrl}; frame-src *; connect-src 'self'`,
      );
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return pages;
  }

  /** Its address by a name that makes it another site than the service, which is reached by its address. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Its address on the same site as the service: another origin, but one to which browsers send cookies along. */
  get sameSiteUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private answer(path: string): [type: string, text: string] {
    if (path === '/assertion') return ['application/json', JSON.stringify(this.sign())];
    if (path === '/page.js') return ['text/javascript', script];
    if (path === '/thief.js') return ['text/javascript', thief];
    if (path === '/thief') return ['text/html', '<!doctype html><script src="/thief.js"></script>'];
    return [
      'text/html',
      `<!doctype html><html lang="en"><title>Product</title><main><h1>Settings of the product</h1>${this.body}</main>
       <script src="${this.serviceUrl}/embed.js"></script><script src="/page.js"></script></html>`,
    ];
  }

  private sign(): { assertion: string } | null {
    this.asked += 1;
    if (this.admin === null) return null;
    const { key, ...claims } = this.admin;
    const iat = Math.floor(Date.now() / 1000);
    const times = { iat, exp: iat + 60, jti: randomUUID() };
    const whole = {
      iss: 'https://product.example',
      aud: 'provisioning',
      sub: claims.email,
      name: 'Ada',
      ...claims,
      ...times,
    };
    return { assertion: signedAssertion(key, whole) };
  }
}

/** Signs in, and notes what the element tells. */
const script = `
window.told = [];
const element = document.querySelector('user-provisioning');
for (const type of ['ready', 'height', 'navigated', 'changed', 'session-expiring', 'sign-in-failed'])
  element.addEventListener(type, ({ detail }) => window.told.push({ type, ...detail }));
element.getSession = async () => {
  const answer = await (await fetch('/assertion')).json();
  if (answer === null) throw new Error('Nobody is signed in to the product');
  return answer;
};
`;

/** A page of somebody else in the page of the product: wants the assertion, and to sign the frame in as somebody else. */
const thief = `
window.caught = [];
addEventListener('message', ({ data }) => window.caught.push(data));
const protocol = 'user-provisioning/1';
setInterval(() => {
  parent.postMessage({ protocol, type: 'session-needed', ask: 1, reason: 'start' }, '*');
  parent.postMessage({ protocol, type: 'navigated', path: 'stolen' }, '*');
  for (let at = 0; at < parent.frames.length; at += 1) {
    if (parent.frames[at] === window) continue;
    for (let ask = 0; ask < 5; ask += 1)
      parent.frames[at].postMessage({ protocol, type: 'session', ask, credential: { code: 'of the thief' }, wishes: {} }, '*');
    parent.frames[at].postMessage({ protocol, type: 'navigate', path: 'members' }, '*');
  }
}, 20);
`;
