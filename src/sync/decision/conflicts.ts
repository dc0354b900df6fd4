import type { Sentence } from '../../errors/sentence.ts';
import type { ConflictCode } from './reason.ts';

/**
 * What can be done about a change that is pending or withheld, each by its own means: `link`, `exclude`, `include`,
 * `separate`, `retry` and `lift` by a request about the person; `allow-linking` in the settings; `map-address` in the
 * attribute mapping; `change-member-address` at the member who holds the address; `send-address` in the identity provider.
 * Held removals are approved or rejected in their run.
 */
export const offers = [
  'link',
  'separate',
  'allow-linking',
  'change-member-address',
  'send-address',
  'map-address',
  'retry',
  'lift',
  'include',
  'exclude',
] as const;

export type Offer = (typeof offers)[number];

/** A conflict in words, which advise nothing but what it offers; and it offers nothing that would be refused. */
interface Conflict {
  sentence: Sentence;
  offers: readonly Offer[];
}

/** Every conflict there can be, by its code. */
export const conflicts: Readonly<Record<ConflictCode, Conflict>> = {
  'missing-email': {
    sentence: {
      en: 'No attribute gives an e-mail address. Send one from the identity provider, or map another attribute to it.',
      de: 'Kein Attribut liefert eine E-Mail-Adresse. Senden Sie eine vom Identitätsanbieter oder ordnen Sie ein anderes Attribut zu.',
    },
    offers: ['send-address', 'map-address', 'exclude'],
  },
  'email-taken': {
    sentence: {
      en: '{email} already belongs to {name}. Send another address for this person from the identity provider, or exclude this person.',
      de: '{email} gehört schon {name}. Senden Sie für diese Person eine andere Adresse vom Identitätsanbieter, oder schließen Sie sie aus.',
    },
    offers: ['send-address', 'exclude'],
  },
  'email-of-manual': {
    sentence: {
      en: '{email} already belongs to {name}, who was not provisioned. Change the address of {name}, or send another one for this person from the identity provider.',
      de: '{email} gehört schon {name}. Dieses Mitglied stammt nicht aus der Bereitstellung. Ändern Sie die Adresse von {name}, oder senden Sie für diese Person eine andere vom Identitätsanbieter.',
    },
    offers: ['change-member-address', 'send-address', 'exclude'],
  },
  'email-taken-by-former': {
    sentence: {
      en: '{email} belongs to the member {name}, whose account in the directory is not active or is gone. If this is the same person, link the two, and the member goes on with all that belongs to it. If not, send another address for this person from the identity provider.',
      de: '{email} gehört dem Mitglied {name}, dessen Konto im Verzeichnis nicht aktiv oder nicht mehr da ist. Ist das dieselbe Person, verknüpfen Sie die beiden: Das Mitglied bleibt mit allem, was dazugehört. Wenn nicht, senden Sie für diese Person eine andere Adresse vom Identitätsanbieter.',
    },
    offers: ['link', 'send-address', 'exclude'],
  },
  'email-taken-by-hand': {
    sentence: {
      en: '{email} already belongs to {name}, who was not provisioned. Link the two, allow linking by e-mail, or change the address of one of them.',
      de: '{email} gehört schon {name}. Dieses Mitglied stammt nicht aus der Bereitstellung. Verknüpfen Sie beide, erlauben Sie das Verknüpfen per E-Mail oder ändern Sie eine der beiden Adressen.',
    },
    offers: ['link', 'allow-linking', 'change-member-address', 'send-address', 'exclude'],
  },
  'two-candidates': {
    sentence: {
      en: 'Two members could be this person: {candidates}. Link the right one.',
      de: 'Zwei Mitglieder könnten diese Person sein: {candidates}. Verknüpfen Sie das richtige.',
    },
    offers: ['link', 'exclude'],
  },
  'given-away': {
    sentence: {
      en: '{by} linked the member that this person was, {name}, to another person, who is active. If both are the same person, exclude this one. If not, say that this is someone else: a new member is then created.',
      de: '{by} hat das Mitglied, das diese Person war, {name}, mit einer anderen Person verknüpft, die aktiv ist. Sind beide dieselbe Person, schließen Sie diese hier aus. Wenn nicht, sagen Sie, dass es jemand anderes ist: Dann wird ein neues Mitglied angelegt.',
    },
    offers: ['exclude', 'separate'],
  },
  'given-away-needs-address': {
    sentence: {
      en: '{by} linked the member that this person was, {name}, to another person, who is active. If both are the same person, exclude this one. If not, send an address of its own for this person from the identity provider: you can then say that this is someone else.',
      de: '{by} hat das Mitglied, das diese Person war, {name}, mit einer anderen Person verknüpft, die aktiv ist. Sind beide dieselbe Person, schließen Sie diese hier aus. Wenn nicht, senden Sie für diese Person eine eigene Adresse vom Identitätsanbieter: Dann können Sie sagen, dass es jemand anderes ist.',
    },
    offers: ['exclude', 'send-address'],
  },
  'given-away-free': {
    sentence: {
      en: '{by} linked the member that this person was, {name}, to another person, who is not active any more. Link this person to {name} again, or exclude this person.',
      de: '{by} hat das Mitglied, das diese Person war, {name}, mit einer anderen Person verknüpft, die nicht mehr aktiv ist. Verknüpfen Sie diese Person wieder mit {name}, oder schließen Sie sie aus.',
    },
    offers: ['link', 'exclude'],
  },
  'write-refused': {
    sentence: {
      en: 'The database refused what was to be written about this person. It is tried again when something newer arrives or when you choose to. For support: {reference}.',
      de: 'Die Datenbank hat abgelehnt, was über diese Person zu schreiben war. Der nächste Versuch folgt, wenn etwas Neueres eintrifft oder Sie ihn auslösen. Für den Support: {reference}.',
    },
    offers: ['retry', 'exclude'],
  },
};

/** Whether a code names a conflict. */
export function isConflictCode(code: string): code is ConflictCode {
  return Object.hasOwn(conflicts, code);
}
