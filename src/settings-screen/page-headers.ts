import type { ServerResponse } from 'node:http';

/** A file with the hash of its content in its name never changes. */
const hashedFile = /-[\w-]{8}\.\w+(?:\.br|\.gz)?$/;

/**
 * Everything comes from the service itself; no script inline, no form that leaves the page, and no frame around it but in
 * pages of these origins.
 */
function contentSecurityPolicy(styleNonce: string | null, origins: readonly string[] = []): string {
  const styles = styleNonce === null ? "'self'" : `'self' 'nonce-${styleNonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(' ')}`,
  ].join('; ');
}

/**
 * Sets the headers of the page. Browsers load it again each time, because it names the newest files.
 *
 * @param styleNonce what the page's own style elements carry, new with each answer
 * @param origins whose pages may show it in a frame
 */
export function setPageHeaders(
  response: Pick<ServerResponse, 'setHeader' | 'removeHeader'>,
  styleNonce: string,
  origins: readonly string[],
): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(styleNonce, origins));
  // It can name no other origin, and browsers that read both go by the policy.
  if (origins.length === 0) response.setHeader('X-Frame-Options', 'DENY');
  else response.removeHeader('X-Frame-Options');
  response.setHeader('Cache-Control', 'no-store');
}

/** Sets the headers of the page's files: browsers keep for good what has its hash in its name, and ask for the rest. */
export function setFileHeaders(response: Pick<ServerResponse, 'setHeader'>, path: string): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(null));
  const lasting = hashedFile.test(path);
  response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** A picture that somebody opens by itself runs nothing and loads nothing; the sandbox takes the origin away, too. */
const picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/** Sets the headers of the logo. @param isNamed whether its address names this very content */
export function setLogoHeaders(response: Pick<ServerResponse, 'setHeader'>, isNamed: boolean): void {
  response.setHeader('Content-Security-Policy', picturePolicy);
  response.setHeader('Cache-Control', isNamed ? 'public, max-age=31536000, immutable' : 'no-store');
}

/** Sets the headers of the script that pages of other origins load. A new version reaches them within minutes. */
export function setEmbedHeaders(response: Pick<ServerResponse, 'setHeader'>): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cache-Control', 'public, max-age=300');
}
