import type { Sentence } from '../../errors/sentence.ts';
import type { StepReason } from '../decision/reason.ts';

/** The steps of an explanation: what arrived, who it is about, what was mapped. */
export const stepSentences: { [Code in StepReason['code']]: Sentence } = {
  'received-active': {
    en: 'The identity provider sent {userName}, active.',
    de: 'Der Identitätsanbieter hat {userName} gesendet, aktiv.',
  },
  'received-inactive': {
    en: 'The identity provider sent {userName}, not active.',
    de: 'Der Identitätsanbieter hat {userName} gesendet, nicht aktiv.',
  },
  'received-without-role': {
    en: 'The identity provider sent {userName}, active; no rule gives them a role.',
    de: 'Der Identitätsanbieter hat {userName} gesendet, aktiv; keine Regel gibt der Person eine Rolle.',
  },
  'received-deleted': {
    en: 'The identity provider deleted this person.',
    de: 'Der Identitätsanbieter hat diese Person gelöscht.',
  },
  'found-stored-link': {
    en: 'Is linked to the member {member}.',
    de: 'Ist mit dem Mitglied {member} verknüpft.',
  },
  'found-linked-by-admin': {
    en: 'Was linked to the member {member} by an admin.',
    de: 'Wurde von einem Admin mit dem Mitglied {member} verknüpft.',
  },
  'found-returner': {
    en: 'The member {member} carried the same externalId.',
    de: 'Das Mitglied {member} trug dieselbe externalId.',
  },
  'found-same-email': {
    en: 'The member {member} has the same e-mail address.',
    de: 'Das Mitglied {member} hat dieselbe E-Mail-Adresse.',
  },
  'found-nobody': {
    en: 'No member belongs to this person yet.',
    de: 'Noch gehört kein Mitglied zu dieser Person.',
  },
  'found-conflict': {
    en: 'Which member this is cannot be decided.',
    de: 'Welches Mitglied das ist, lässt sich nicht entscheiden.',
  },
  'mapped-attributes': {
    en: '{version, plural, =0 {The built-in attribute mapping} other {The attribute mapping (version {version})}} gave {count, plural, one {# value} other {# values}}.',
    de: 'Die {version, plural, =0 {mitgelieferte Attributzuordnung} other {Attributzuordnung (Version {version})}} ergab {count, plural, one {# Wert} other {# Werte}}.',
  },
  'mapped-nothing': {
    en: 'Nothing is mapped: the person is not active.',
    de: 'Es wird nichts zugeordnet: Die Person ist nicht aktiv.',
  },
};
