import { emailLengthMaxChars } from '../../http/validation/email-length.ts';
import { isStorable } from '../../scim-core/storable-text.ts';
import { holdsUnseen, withoutInvisible } from '../../scim-core/visible-text.ts';

/** Longest text in which an address is looked for, with a name and a prefix around it, in UTF-16 units. */
const writtenLengthMaxChars = 1_000;

/** These stand in no address unless in quotes (RFC 5322 §3.2.3), so `sip:ann@example.com` is none. */
const specials = /[\s()<>[\]:;,\\"]/u;
/** The user name that Entra ID makes for a guest: `ann_partner.example#EXT#@tenant.example`. No mail arrives there. */
const guestMark = /(?:#|%23)ext(?:#|%23)@/iu;
/** A part of a domain (RFC 1035 §2.3.1, RFC 5890 for other alphabets): no hyphen at its ends. */
const domainLabel = /^(?!-)[^@]{1,63}(?<!-)$/u;

/**
 * Does the text look like an e-mail address? Deliberately simple: one `@` with something on both sides, no white space,
 * nothing that would need quotes, no empty part of the domain nor one with a hyphen at its ends, a bounded length. Whether a
 * mailbox exists only a mail can tell. The user name of a guest in Entra ID looks like an address and is none.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > emailLengthMaxChars || !isStorable(text)) return false;
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@') || at === text.length - 1) return false;
  if (specials.test(text) || holdsUnseen(text) || guestMark.test(text)) return false;
  return text
    .slice(at + 1)
    .split('.')
    .every((label) => domainLabel.test(label));
}

/**
 * The e-mail address that a text holds, as directories write it: with `smtp:` or `mailto:` before it, as
 * `Ann Archer <ann@example.com>`, with a separator or the dot of the DNS root behind it, in quotes it does not need, with
 * invisible characters from a copied document. Reading the answer again gives the same.
 *
 * @returns the address, or null: the text holds none, or several, and nobody can tell which one is meant
 */
export function readEmailAddress(text: string): string | null {
  if (isEmailAddress(text)) return text;
  if (text.length > writtenLengthMaxChars) return null;
  const bare = withoutPrefix(
    bracketed(
      withoutInvisible(text)
        .trim()
        .replace(/[\s;,]+$/u, ''),
    ),
  );
  const address = bare.replace(/^"([^"\\\s]+)"(?=@)/u, '$1').replace(/\.$/u, '');
  return isEmailAddress(address) ? address : null;
}

/** `Ann <ann@x>` → `ann@x`; the name must not be another address. */
function bracketed(text: string): string {
  const [, name = '', address = ''] = /^([^<>]*)<([^<>]*)>$/u.exec(text) ?? [];
  const isOther = name.includes('@') && name.replaceAll(/["'\s]/gu, '') !== address.trim();
  return address === '' || isOther ? text : address.trim();
}

/** `SMTP:` marks the main address in proxyAddresses (Exchange); `mailto:` is a link, which may carry a subject. */
function withoutPrefix(text: string): string {
  const [, scheme, rest = ''] = /^(smtp|mailto):\s*(.*)$/iu.exec(text) ?? [];
  if (scheme === undefined) return text;
  return scheme.toLowerCase() === 'mailto'
    ? withoutInvisible(percentDecoded(rest.split('?', 1)[0] ?? '')).trim()
    : rest;
}

/** What stands in a link encoded (RFC 6068 §2); what no text encodes stays. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
