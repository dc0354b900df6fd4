import type { Sentence } from '../../errors/sentence.ts';
import { roleAdditions } from './role-sentences.ts';

/** Added to a sentence where the parameters say so. */
export const additions: Record<
  | 'emailChanged'
  | 'suspended'
  | 'groupsJoined'
  | 'groupsLeft'
  | 'managerPending'
  | 'managerCircle'
  | 'problems'
  | 'refused'
  | keyof typeof roleAdditions,
  Sentence
> = {
  emailChanged: {
    en: 'The e-mail address, the key to single sign-on, changes.',
    de: 'Die E-Mail-Adresse, der Schlüssel zur Anmeldung, ändert sich.',
  },
  suspended: {
    en: 'An admin suspended this member: there is no access until an admin lifts that.',
    de: 'Ein Admin hat dieses Mitglied gesperrt: Es hat keinen Zugang, bis ein Admin die Sperre aufhebt.',
  },
  groupsJoined: {
    en: 'Joins: {groupsJoined}.',
    de: 'Tritt bei: {groupsJoined}.',
  },
  groupsLeft: {
    en: 'Leaves: {groupsLeft}.',
    de: 'Verlässt: {groupsLeft}.',
  },
  managerPending: {
    en: 'The manager has no member yet and is filled in when there is one.',
    de: 'Die Führungskraft ist noch kein Mitglied und wird eingetragen, sobald sie es ist.',
  },
  managerCircle: {
    en: 'The chain of managers is a circle: {managerCircle}.',
    de: 'Die Kette der Führungskräfte bildet einen Kreis: {managerCircle}.',
  },
  problems: {
    en: 'Some values could not be mapped: {problems}.',
    de: 'Einige Werte ließen sich nicht zuordnen: {problems}.',
  },
  refused: {
    en: 'What followed at the end of the run could not be written. For support: {refused}.',
    de: 'Was am Ende der Synchronisierung folgte, ließ sich nicht schreiben. Für den Support: {refused}.',
  },
  ...roleAdditions,
};
