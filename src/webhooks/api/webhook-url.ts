import { BadInputError } from '../../errors/domain-errors.ts';
import { addressInUrl, isPublicAddress } from '../sending/public-address.ts';

export const webhookUrlLengthMaxChars = 2_000;

/**
 * Reads the URL of a webhook. What its name resolves to is not asked here, because it may change: each connection checks
 * it.
 *
 * @param allowPrivate `WEBHOOK_ALLOW_PRIVATE`
 * @returns the URL in its normal form
 * @throws BadInputError at `url`, saying what is wrong
 */
export function readWebhookUrl(text: string, allowPrivate: boolean): string {
  const url = /[\s\p{Cc}]/u.test(text) ? null : URL.parse(text);
  const problem =
    url === null
      ? 'must be a URL such as https://product.example/events'
      : problemOf(url, text, allowPrivate);
  if (url === null || problem !== null) throw new BadInputError([{ path: 'url', message: `url ${problem}` }]);
  return url.href;
}

function problemOf(url: URL, text: string, allowPrivate: boolean): string | null {
  const { protocol, username, password } = url;
  if (protocol !== 'https:' && protocol !== 'http:') return `must begin with https://, not with ${protocol}`;
  if (username !== '' || password !== '')
    return 'must hold no user name and no password: every event is signed instead';
  if (text.includes('#')) return 'must have no fragment: what follows # is never sent';
  if (allowPrivate) return null;
  if (protocol === 'http:') return 'must begin with https://; WEBHOOK_ALLOW_PRIVATE=on would allow http://';
  return isPrivateHost(url)
    ? 'must lead to a public address; WEBHOOK_ALLOW_PRIVATE=on would allow others'
    : null;
}

/** An address that is not public, or a name that always means this machine (RFC 6761 §6.3). */
function isPrivateHost(url: URL): boolean {
  const address = addressInUrl(url);
  return address === null ? /(?:^|\.)localhost\.?$/iu.test(url.hostname) : !isPublicAddress(address);
}
