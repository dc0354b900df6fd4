import type { Sentence } from '../../errors/sentence.ts';

/** The reasons that are about roles, with their sentences. */
export const roleSentences = {
  'role-changed': {
    en: 'The rules for roles give another one.',
    de: 'Die Regeln für Rollen geben eine andere.',
  },
  'role-lost': {
    en: 'Nothing gives this role any more: it is taken away at once.',
    de: 'Nichts gibt diese Rolle mehr: Sie wird sofort entzogen.',
  },
  'role-needs-review': {
    en: '{role} is a privileged role: it is given when an admin synchronizes.',
    de: '{role} ist eine Rolle mit besonderen Rechten: Sie wird vergeben, wenn ein Admin synchronisiert.',
  },
  'role-full': {
    en: 'Waits for the role {role}: at most {max} may have it, and that many do.',
    de: 'Wartet auf die Rolle {role}: Höchstens {max} dürfen sie haben, und so viele haben sie.',
  },
  'last-admin': {
    en: 'Held: nobody else has a privileged role. Give one to somebody else before {role} is taken from this member.',
    de: 'Zurückgestellt: Niemand sonst hat eine Rolle mit besonderen Rechten. Geben Sie jemand anderem eine, bevor dieses Mitglied {role} verliert.',
  },
  'last-admin-stays': {
    en: 'Kept: nobody would be left with a privileged role.',
    de: 'Bleibt: Niemand hätte mehr eine Rolle mit besonderen Rechten.',
  },
  'role-not-free': {
    en: 'Stays as it is: the role from before is not free any more, or the product has it no longer.',
    de: 'Bleibt, wie es ist: Die Rolle von vorher ist nicht mehr frei, oder das Produkt hat sie nicht mehr.',
  },
  'leaver-without-role': {
    en: 'No rule gives a role: the member loses access.',
    de: 'Keine Regel gibt eine Rolle: Das Mitglied verliert den Zugang.',
  },
  'without-role-never-linked': {
    en: 'No rule gives a role, and never a member: no member is created.',
    de: 'Keine Regel gibt eine Rolle, und nie Mitglied gewesen: Es wird kein Mitglied angelegt.',
  },
  'roles-wait': {
    en: '{count, plural, one {The role of # person waits} other {The roles of # people wait}}. The next synchronization looks at them again.',
    de: '{count, plural, one {Die Rolle von # Person wartet} other {Die Rollen von # Personen warten}}. Die nächste Synchronisierung prüft das erneut.',
  },
  'roles-wait-beside': {
    en: '{count, plural, one {The role of # person waits} other {The roles of # people wait}}; everything else was done. The next synchronization looks at them again.',
    de: '{count, plural, one {Die Rolle von # Person wartet} other {Die Rollen von # Personen warten}}; alles andere ist erledigt. Die nächste Synchronisierung prüft das erneut.',
  },
} satisfies Record<string, Sentence>;

/** Added to a sentence where the parameters say so. */
export const roleAdditions = {
  roleBecause: {
    en: 'The role comes from: {roleBecause}.',
    de: 'Die Rolle kommt von: {roleBecause}.',
  },
  roleWaits: { en: '{roleWaits}', de: '{roleWaits}' },
} satisfies Record<string, Sentence>;
