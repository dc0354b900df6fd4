import type { ServerResponse } from 'node:http';

/** Everything comes from the service itself; nothing inline, no frame around it, no form that leaves the page. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sets the headers of the page and of its files. Browsers keep them but ask each time whether they are current. */
export function setPageHeaders(response: Pick<ServerResponse, 'setHeader'>): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  response.setHeader('Cache-Control', 'no-cache');
}
