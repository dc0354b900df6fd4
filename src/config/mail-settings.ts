/**
 * A server that takes mail.
 *
 * @property isSecure TLS from the first byte (`smtps`); otherwise by STARTTLS where the server offers it
 * @property login null: it asks for none
 */
export interface SmtpServer {
  host: string;
  port: number;
  isSecure: boolean;
  login: { user: string; password: string } | null;
}

/** Who mail comes from. */
export interface MailAddress {
  /** What mail programs show; null: the address alone. */
  name: string | null;
  address: string;
}

/** What is needed to send mail. */
export interface MailSettings {
  server: SmtpServer;
  from: MailAddress;
}

const submissionPort = 587;
const submissionsPort = 465;

/** RFC 5322 §3.4.1 without quoted local parts and address literals, which no operator has. */
const addressForm = /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;
const namedForm = /^(?:"([^"\\]*)"|([^"<>]*?))\s*<([^<>]+)>$/;
const controlCharacter = /\p{Cc}/u;

/**
 * Reads `smtp://` or `smtps://`, with a user and password or without. Options in a query are not taken: one of them could
 * switch the check of certificates off.
 *
 * @returns null for anything else
 */
export function parseSmtpUrl(text: string): SmtpServer | null {
  const url = URL.parse(text);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol)) return null;
  const isPlain = ['', '/'].includes(url.pathname) && url.search === '' && url.hash === '';
  if (!isPlain || url.hostname === '' || /\s/.test(text)) return null;
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === null || password === null || (user === '') !== (password === '')) return null;
  const isSecure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isSecure ? submissionsPort : submissionPort) : Number(url.port),
    isSecure,
    login: user === '' ? null : { user, password },
  };
}

/** Reads `a@example.com` or `Name <a@example.com>`. @returns null for anything else */
export function parseMailAddress(text: string): MailAddress | null {
  const [, quoted, plain, inBrackets] = namedForm.exec(text) ?? [];
  const address = inBrackets ?? text;
  if (!addressForm.test(address) || controlCharacter.test(text)) return null;
  const name = (quoted ?? plain ?? '').trim();
  return { name: name === '' ? null : name, address };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
