import type { ServerResponse } from 'node:http';

/** A file with the hash of its content in its name never changes. */
const hashedFile = /-[\w-]{8}\.\w+(?:\.br|\.gz)?$/;

/** Everything comes from the service itself; no script inline, no frame around it, no form that leaves the page. */
function contentSecurityPolicy(styleNonce: string | null): string {
  const styles = styleNonce === null ? "'self'" : `'self' 'nonce-${styleNonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Sets the headers of the page. Browsers load it again each time, because it names the newest files.
 *
 * @param styleNonce what the page's own style elements carry, new with each answer
 */
export function setPageHeaders(response: Pick<ServerResponse, 'setHeader'>, styleNonce: string): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(styleNonce));
  response.setHeader('Cache-Control', 'no-store');
}

/** Sets the headers of the page's files: browsers keep for good what has its hash in its name, and ask for the rest. */
export function setFileHeaders(response: Pick<ServerResponse, 'setHeader'>, path: string): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(null));
  const lasting = hashedFile.test(path);
  response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
}
