import type { linkEn } from './link-en.ts';

/** German texts of the people in a conflict, and of which member a person is. */
export const linkDe: Record<keyof typeof linkEn, string> = {
  'sides.intro': 'Um diese Personen geht es. Was sich unterscheidet, ist hervorgehoben.',
  'sides.person': 'Diese Person',
  'sides.other': 'Die andere Person',
  'sides.member': 'Das Mitglied',
  'sides.email': 'E-Mail',
  'sides.userName': 'Benutzername',
  'sides.externalId': 'Externe ID',
  'sides.department': 'Abteilung',
  'sides.title': 'Position',
  'sides.account': 'Im Verzeichnis',
  'sides.account.active': 'Aktiv',
  'sides.account.inactive': 'Inaktiv',
  'sides.account.deleted': 'Gelöscht',
  'sides.account.none': 'Nein',
  'sides.memberStatus': 'Mitglied',
  'sides.noMember': 'Noch nicht',
  'sides.accountChangedAt': 'Im Verzeichnis geändert',
  'sides.memberChangedAt': 'Mitglied geändert',
  'sides.differs': 'unterschiedlich',
  'sides.openPerson': 'Im Verzeichnis anzeigen',
  'sides.exclude': 'Diese ausschließen',
  'link.question': 'Ist {name} das Mitglied {member}?',
  'link.likely': 'Am wahrscheinlichsten',
  'link.noneLikely':
    'Kein Mitglied gefunden, das dieser Person deutlich ähnelt. Suchen Sie nach Name oder E-Mail-Adresse.',
  'link.choice': 'Auswählen',
  'link.because.same-email': 'Gleiche E-Mail',
  'link.because.was-member': 'War früher dieses Mitglied',
  'link.because.same-external-id': 'Gleiche externe ID',
  'link.because.same-name': 'Gleicher Name',
  'link.because.same-mailbox': 'Gleiche E-Mail vor dem @',
  'link.because.same-last-name': 'Gleicher Nachname',
  'link.back': 'Zurück',
  'link.next': 'Die nächste Synchronisierung ändert',
  'link.later':
    'Sobald Ihr Identitätsanbieter wieder eine Änderung für diese Person sendet, ändert sich nach jetzigem Stand außerdem',
  'link.address':
    'Bis dahin behält das Mitglied {before}. Falls die Adresse zur Anmeldung dient, sagen Sie der Person, dass danach {after} gilt.',
  'link.laterConflict': 'Danach hat diese Person nach jetzigem Stand einen Konflikt:',
  'link.changesNothing':
    'Kein Feld ändert sich: Das Mitglied hat bereits die Werte Ihres Identitätsanbieters. Die Gruppen richten sich nach dem Verzeichnis.',
  'same.address':
    '{before} wird zu {after}, sobald Ihr Identitätsanbieter wieder eine Änderung sendet, sofern die Adresse dann frei ist',
};
