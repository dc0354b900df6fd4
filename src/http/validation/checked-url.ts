import { addressInUrl, isPublicAddress } from './public-address.ts';

/** Why nothing may be sent to a URL. */
export type UrlProblem =
  'not-a-url' | 'other-scheme' | 'credentials' | 'fragment' | 'not-https' | 'private-address';

/**
 * Judges a URL that somebody else chose. What its name resolves to is not asked here, because it may change: each
 * connection checks it.
 *
 * @param allowPrivate whether http and addresses that are not public may be chosen, too, as `WEBHOOK_ALLOW_PRIVATE` says
 */
export function checkUrl(text: string, allowPrivate: boolean): { url: URL } | { problem: UrlProblem } {
  const url = /[\s\p{Cc}]/u.test(text) ? null : URL.parse(text);
  if (url === null) return { problem: 'not-a-url' };
  const problem = problemOf(url, text, allowPrivate);
  return problem === null ? { url } : { problem };
}

function problemOf(url: URL, text: string, allowPrivate: boolean): UrlProblem | null {
  const { protocol, username, password } = url;
  if (protocol !== 'https:' && protocol !== 'http:') return 'other-scheme';
  if (username !== '' || password !== '') return 'credentials';
  if (text.includes('#')) return 'fragment';
  if (allowPrivate) return null;
  if (protocol === 'http:') return 'not-https';
  return isPrivateHost(url) ? 'private-address' : null;
}

/** An address that is not public, or a name that always means this machine (RFC 6761 §6.3). */
function isPrivateHost(url: URL): boolean {
  const address = addressInUrl(url);
  return address === null ? /(?:^|\.)localhost\.?$/iu.test(url.hostname) : !isPublicAddress(address);
}
