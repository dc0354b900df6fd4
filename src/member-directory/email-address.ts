import { isStorable } from '../scim-core/well-formed.ts';

/** The longest address that mail systems carry (RFC 5321 §4.5.3.1.3: a path of 256 with its angle brackets). */
export const emailLengthMaxChars = 254;

/**
 * Does the text look like an e-mail address? Deliberately simple: one `@` with something on both sides, no
 * white space, a bounded length. Whether a mailbox exists only a mail can tell.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > emailLengthMaxChars || !isStorable(text)) return false;
  const at = text.indexOf('@');
  return at > 0 && at === text.lastIndexOf('@') && at < text.length - 1 && !/\s/u.test(text);
}
