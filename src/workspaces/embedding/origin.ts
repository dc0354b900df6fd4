import { localHosts } from '../identity/local-hosts.ts';

export const addressLengthMaxChars = 2_000;

/** What was read, or why it could not be: completes a sentence that begins with the name of the value. */
export type Read<T> = { value: T } | { fault: string };

/**
 * An origin (RFC 6454 §4) as browsers write it, and nothing more: what stands in a `frame-ancestors` (CSP level 3 §6.4.2),
 * and is compared with the origin of a message character by character.
 */
export function readOrigin(text: unknown): Read<string> {
  const url = typeof text === 'string' && text.length <= addressLengthMaxChars ? URL.parse(text) : null;
  if (url === null || !url.protocol.startsWith('http'))
    return { fault: 'must be an origin such as https://app.example' };
  const fault = faultOfPlace(url);
  if (fault !== null) return { fault };
  if (url.origin !== text) return { fault: `must be an origin without a path: ${url.origin}` };
  // A name with a star would be a whole family of hosts, which anybody may be one of.
  if (!/^[a-z0-9.:[\]-]+$/.test(url.host)) return { fault: 'must name one host, without *' };
  // The grammar of a policy has no such host (CSP level 3 §2.3.1): browsers pass over it, and the frame stays empty.
  if (url.host.startsWith('[')) return { fault: 'must name a host by its name or its IPv4 address' };
  return { value: url.origin };
}

/**
 * Where a link back may lead: to a page of one of these origins.
 *
 * @returns the address in its normal form
 */
export function readReturnUrl(text: string, origins: readonly string[]): Read<string> {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return { fault: 'must be a URL such as https://app.example/settings' };
  const fault = faultOfPlace(url);
  if (fault !== null) return { fault };
  if (!origins.includes(url.origin))
    return {
      fault: `leads to ${url.origin}, which is not one of the origins of PUT /operator/embedding`,
    };
  return { value: url.href };
}

function faultOfPlace(url: URL): string | null {
  if (url.username !== '' || url.password !== '') return 'must hold no user name and no password';
  if (url.protocol !== 'https:' && !localHosts.has(url.hostname))
    return 'must begin with https://, or lead by http:// to the machine of the browser, such as http://localhost:4000';
  return null;
}
