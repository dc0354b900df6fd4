import type { Sentence } from '../../errors/sentence.ts';
import type { AttemptError } from '../../webhooks/sending/attempt-errors.ts';

/** What may go wrong with a mail. */
export type MailError =
  | 'mail-off'
  | 'mail-unreachable'
  | 'mail-login'
  | 'mail-sender'
  | 'mail-later'
  | 'mail-refused'
  | 'recipient-refused';

/** Why a message did not arrive, by a name that never changes. */
export type SendError = AttemptError | MailError | 'daily-limit';

/** What is said of it. */
export const sendErrors: Readonly<Record<SendError, Sentence>> = {
  status: { en: 'The address answered with an error.', de: 'Die Adresse hat mit einem Fehler geantwortet.' },
  redirect: {
    en: 'The address answered with a redirect, and none is followed. Remove this channel and add it again with the address that the redirect leads to.',
    de: 'Die Adresse hat mit einer Weiterleitung geantwortet; keiner wird gefolgt. Entfernen Sie diesen Kanal, und fügen Sie ihn mit der Adresse neu hinzu, auf die sie führt.',
  },
  gone: {
    en: 'The address is no longer there (410). Remove this channel and add it again with a new address.',
    de: 'Diese Adresse gibt es nicht mehr (410). Entfernen Sie diesen Kanal, und fügen Sie ihn mit einer neuen Adresse neu hinzu.',
  },
  timeout: {
    en: 'The address did not answer within 15 seconds.',
    de: 'Die Adresse hat nicht innerhalb von 15 Sekunden geantwortet.',
  },
  unresolved: {
    en: 'The name of the host could not be resolved.',
    de: 'Der Name des Servers konnte nicht aufgelöst werden.',
  },
  'private-address': {
    en: 'The address is not https, or its host is not on the public Internet.',
    de: 'Die Adresse beginnt nicht mit https, oder ihr Server steht nicht im öffentlichen Internet.',
  },
  unreachable: { en: 'No connection could be made.', de: 'Es kam keine Verbindung zustande.' },
  tls: {
    en: 'No secure connection could be made: the certificate or the protocol was refused.',
    de: 'Es kam keine sichere Verbindung zustande: Das Zertifikat oder das Protokoll wurde abgelehnt.',
  },
  broken: {
    en: 'The connection broke before the answer was complete.',
    de: 'Die Verbindung brach ab, bevor die Antwort vollständig war.',
  },
  'secret-unreadable': {
    en: 'The stored address cannot be read any more. Remove this channel and add it again.',
    de: 'Die gespeicherte Adresse ist nicht mehr lesbar. Entfernen Sie diesen Kanal, und fügen Sie ihn neu hinzu.',
  },
  'mail-off': {
    en: 'Mail is not set up here. Ask your contact at the product.',
    de: 'Der Versand von E-Mails ist hier nicht eingerichtet. Fragen Sie Ihren Ansprechpartner beim Anbieter.',
  },
  'mail-unreachable': {
    en: 'The mail server could not be reached.',
    de: 'Der Mailserver war nicht erreichbar.',
  },
  'mail-login': {
    en: 'The mail server refused the sign-in of this service.',
    de: 'Der Mailserver hat die Anmeldung dieses Dienstes abgelehnt.',
  },
  'mail-sender': {
    en: 'The mail server takes no mail from the sender of this service.',
    de: 'Der Mailserver nimmt vom Absender dieses Dienstes keine E-Mails an.',
  },
  'mail-later': {
    en: 'The mail server could not take the message yet.',
    de: 'Der Mailserver konnte die Nachricht noch nicht annehmen.',
  },
  'mail-refused': {
    en: 'The mail server refused the message.',
    de: 'Der Mailserver hat die Nachricht abgelehnt.',
  },
  'recipient-refused': {
    en: 'The mail server does not know this mailbox, or takes nothing for it.',
    de: 'Der Mailserver kennt dieses Postfach nicht oder nimmt nichts dafür an.',
  },
  'daily-limit': {
    en: 'This workspace had sent as many messages in 24 hours as it may.',
    de: 'Dieser Arbeitsbereich hatte in 24 Stunden so viele Nachrichten gesendet, wie er darf.',
  },
};

export const sendErrorCodes = Object.keys(sendErrors) as SendError[];

/** Failures that another attempt would not change: nobody is there, or the message itself is refused. */
const finalErrors: ReadonlySet<SendError> = new Set(['gone', 'recipient-refused', 'mail-refused']);

/**
 * What came of sending a message once.
 *
 * @property status of an HTTP answer, or the reply code of the mail server; null: there was none
 * @property error null: it was taken
 * @property answer what the mail server said; nothing of what an address answered
 */
export interface Sent {
  status: number | null;
  error: SendError | null;
  answer: string | null;
  retryAfterMs: number | null;
}

/** Whether it is of no use to try again. */
export function isFinal(error: SendError): boolean {
  return finalErrors.has(error);
}
