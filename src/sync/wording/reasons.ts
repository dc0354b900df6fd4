import { type Language, languages, type Sentence, sentenceText } from '../../errors/sentence.ts';
import type { MappingProblem } from '../../attribute-mapping/mapping/map-attributes.ts';
import { fieldTitle } from '../../member-directory/fields/member-field.ts';
import { problemText } from '../../member-directory/properties/property-types/value-problem.ts';
import { conflicts } from '../decision/conflicts.ts';
import type { ConflictCode, Reason, ShownReason } from '../decision/reason.ts';
import { dateOf } from './date-text.ts';
import { additions } from './additions.ts';
import { roleSentences } from './role-sentences.ts';
import { seatSentences } from './seat-sentences.ts';
import { stepSentences } from './step-sentences.ts';

const conflictSentences = Object.fromEntries(
  Object.entries(conflicts).map(([code, { sentence }]) => [code, sentence]),
) as Record<ConflictCode, Sentence>;

/** Every reason with its sentence. */
export const reasonSentences: { [Code in Reason['code']]: Sentence } = {
  ...conflictSentences,
  'new-person': {
    en: 'New in the directory: a member is created.',
    de: 'Neu im Verzeichnis: Ein Mitglied wird angelegt.',
  },
  'attributes-changed': {
    en: 'Values from the identity provider or the attribute mapping differ from those of the member.',
    de: 'Werte des Identitätsanbieters oder der Attributzuordnung weichen von denen des Mitglieds ab.',
  },
  'groups-changed': {
    en: 'The groups of this person in the directory differ from those of the member.',
    de: 'Die Gruppen dieser Person im Verzeichnis weichen von denen des Mitglieds ab.',
  },
  'same-email': {
    en: 'A member with the address {email} already exists: user provisioning takes over this member.',
    de: 'Ein Mitglied mit der Adresse {email} gibt es schon: Die Benutzerbereitstellung übernimmt es.',
  },
  'linked-by-admin': {
    en: 'An admin linked this person to the member {email}.',
    de: 'Ein Admin hat diese Person mit dem Mitglied {email} verknüpft.',
  },
  returner: {
    en: 'Was here before with the same externalId: comes back as the same member.',
    de: 'War mit derselben externalId schon einmal da: kommt als dasselbe Mitglied zurück.',
  },
  reactivated: {
    en: 'Active in the directory: the same member becomes active again.',
    de: 'Im Verzeichnis aktiv: Dasselbe Mitglied wird wieder aktiv.',
  },
  'leaver-deactivated': {
    en: 'Deactivated in the directory: the member is deactivated.',
    de: 'Im Verzeichnis deaktiviert: Das Mitglied wird deaktiviert.',
  },
  'leaver-deleted': {
    en: 'Deleted from the directory: the member loses access.',
    de: 'Aus dem Verzeichnis gelöscht: Das Mitglied verliert den Zugang.',
  },
  'grace-over': {
    en: 'Left, and the grace period ended on {dueAt}: the member is removed.',
    de: 'Ausgeschieden, und die Frist endete am {dueAt}: Das Mitglied wird entfernt.',
  },
  'waits-for-removal': {
    en: 'Left; the member is deactivated and will be removed on {dueAt}.',
    de: 'Ausgeschieden; das Mitglied ist deaktiviert und wird am {dueAt} entfernt.',
  },
  'removal-guard': {
    en: 'Held until an admin decides. Deactivations in the 24 hours before: {used}; the safeguard allows {allowed}.',
    de: 'Zurückgestellt, bis ein Admin entscheidet. Deaktivierungen in den 24 Stunden davor: {used}; der Schutz erlaubt {allowed}.',
  },
  rejected: {
    en: 'An admin rejected this deactivation. It is not carried out until the identity provider sends something newer or an admin allows it again.',
    de: 'Ein Admin hat diese Deaktivierung abgelehnt. Sie wird erst ausgeführt, wenn der Identitätsanbieter etwas Neueres sendet oder ein Admin sie wieder zulässt.',
  },
  undone: {
    en: 'An admin undid this change. It is not made again until the identity provider sends something newer or an admin allows it again.',
    de: 'Ein Admin hat diese Änderung rückgängig gemacht. Sie wird erst wieder ausgeführt, wenn der Identitätsanbieter etwas Neueres sendet oder ein Admin sie wieder zulässt.',
  },
  'brought-back': {
    en: 'This person lost access before the safeguard held further deactivations, and an admin gave it back. They keep it until the identity provider sends something newer or an admin allows the deactivation again.',
    de: 'Ein Admin hat dieser Person den Zugang zurückgegeben, den sie verloren hatte, bevor der Schutz weitere Deaktivierungen zurückstellte. Sie behält ihn, bis der Identitätsanbieter etwas Neueres sendet oder ein Admin die Deaktivierung wieder zulässt.',
  },
  excluded: {
    en: 'Excluded from synchronization by {by}.',
    de: 'Von {by} von der Synchronisierung ausgeschlossen.',
  },
  'excluded-by-product': {
    en: 'Excluded from synchronization by the product: {text}',
    de: 'Vom Produkt von der Synchronisierung ausgeschlossen: {text}',
  },
  erased: {
    en: 'Excluded from synchronization: somebody with this userName, externalId or address was erased on {erasedAt}. They come back only when an admin includes them.',
    de: 'Von der Synchronisierung ausgeschlossen: Jemand mit diesem userName, dieser externalId oder dieser Adresse wurde am {erasedAt} gelöscht. Die Person kommt erst zurück, wenn ein Admin sie einbezieht.',
  },
  conflict: {
    en: 'In conflict; the reason was not recorded.',
    de: 'Im Konflikt; der Grund wurde nicht festgehalten.',
  },
  held: {
    en: 'Held; the reason was not recorded.',
    de: 'Zurückgestellt; der Grund wurde nicht festgehalten.',
  },
  suppressed: {
    en: 'Suppressed; the reason was not recorded.',
    de: 'Ausgesetzt; der Grund wurde nicht festgehalten.',
  },
  undo: {
    en: 'Undoes an earlier change: {kind, select, create {created} link {linked} update {updated} deactivate {deactivated} reactivate {reactivated} remove {removed} other {{kind}}}.',
    de: 'Macht eine frühere Änderung rückgängig: {kind, select, create {angelegt} link {verknüpft} update {aktualisiert} deactivate {deaktiviert} reactivate {reaktiviert} remove {entfernt} other {{kind}}}.',
  },
  'in-step': {
    en: 'The member matches the directory: nothing to do.',
    de: 'Das Mitglied entspricht dem Verzeichnis: nichts zu tun.',
  },
  'suspended-by-admin': {
    en: 'Nothing to do. {by} suspended this member on {since}: there is no access until an admin lifts that.',
    de: 'Nichts zu tun. {by} hat dieses Mitglied am {since} gesperrt: Es hat keinen Zugang, bis ein Admin die Sperre aufhebt.',
  },
  gone: {
    en: 'Deleted from the directory and never a member: nothing to do.',
    de: 'Aus dem Verzeichnis gelöscht und nie Mitglied gewesen: nichts zu tun.',
  },
  'inactive-never-linked': {
    en: 'Not active in the directory and never a member: no member is created.',
    de: 'Im Verzeichnis nicht aktiv und nie Mitglied gewesen: Es wird kein Mitglied angelegt.',
  },
  released: {
    en: 'Not active in the directory; {by} linked the member that this person was, {name}, to another person: nothing to do.',
    de: 'Im Verzeichnis nicht aktiv; {by} hat das Mitglied, das diese Person war, {name}, mit einer anderen Person verknüpft: nichts zu tun.',
  },
  'already-left': {
    en: 'Left, and the member has no access any more: nothing to do.',
    de: 'Ausgeschieden, und das Mitglied hat keinen Zugang mehr: nichts zu tun.',
  },
  'came-back': {
    en: 'The same person came back under a new id and keeps the member: nothing to do.',
    de: 'Dieselbe Person kam unter einer neuen id zurück und behält das Mitglied: nichts zu tun.',
  },
  'not-queued': {
    en: 'Nothing changed since the last synchronization: nothing to do.',
    de: 'Seit der letzten Synchronisierung hat sich nichts geändert: nichts zu tun.',
  },
  // Why an undo leaves a change as it is.
  'changed-since': {
    en: 'Kept: it was changed again afterwards.',
    de: 'Bleibt: Danach wurde noch einmal etwas geändert.',
  },
  'address-taken-since': {
    en: 'Kept: another member has the earlier address now.',
    de: 'Bleibt: Ein anderes Mitglied hat inzwischen die frühere Adresse.',
  },
  'excluded-stays-off': {
    en: 'Kept: the person is excluded from synchronization by now and stays without access.',
    de: 'Bleibt: Die Person ist inzwischen von der Synchronisierung ausgeschlossen und bleibt ohne Zugang.',
  },
  'approval-refused': {
    en: 'Not carried out: the database refused it. For support: {reference}.',
    de: 'Nicht ausgeführt: Die Datenbank hat es abgelehnt. Für den Support: {reference}.',
  },
  'undo-refused': {
    en: 'Kept: the database refused to undo it. For support: {reference}.',
    de: 'Bleibt: Die Datenbank hat es abgelehnt, die Änderung rückgängig zu machen. Für den Support: {reference}.',
  },
  'came-back-since': {
    en: 'Settled: the identity provider made the person active again.',
    de: 'Erledigt: Der Identitätsanbieter hat die Person wieder aktiviert.',
  },
  'linked-since': {
    en: 'Settled: an admin linked the member to another person.',
    de: 'Erledigt: Ein Admin hat das Mitglied mit einer anderen Person verknüpft.',
  },
  'excluded-since': {
    en: 'Settled: the person was excluded from synchronization.',
    de: 'Erledigt: Die Person wurde von der Synchronisierung ausgeschlossen.',
  },
  // Why a run failed.
  'run-failed': {
    en: 'Something went wrong in the service. For support: {reference}.',
    de: 'Im Dienst ist etwas schiefgegangen. Für den Support: {reference}.',
  },
  'run-database-away': {
    en: 'The database did not answer. For support: {reference}.',
    de: 'Die Datenbank hat nicht geantwortet. Für den Support: {reference}.',
  },
  'run-not-active': {
    en: 'User provisioning is not active in this workspace any more.',
    de: 'Die Benutzerbereitstellung ist in diesem Arbeitsbereich nicht mehr aktiv.',
  },
  'run-given-up': {
    en: 'Given up: {attempts} times in a row the process that worked on this run ended before it got any further.',
    de: 'Aufgegeben: {attempts}-mal nacheinander endete der Prozess, der an dieser Synchronisierung arbeitete, bevor es weiterging.',
  },
  // What a run could not do as it should have.
  'rule-too-costly': {
    en: 'Rule {rule} ({source}) would have done more work than one person may cost. What it fills stayed as it was; people concerned: {count}.',
    de: 'Regel {rule} ({source}) hätte mehr Arbeit gemacht, als eine Person kosten darf. Was sie füllt, blieb, wie es war; betroffene Personen: {count}.',
  },
  'role-rule-too-costly': {
    en: 'Role rule {rule} ({source}) takes more work than one person may cost, so it neither gives nor takes a role; people concerned: {count}.',
    de: 'Die Rollenregel {rule} ({source}) macht mehr Arbeit, als eine Person kosten darf, und gibt oder entzieht darum keine Rolle; betroffene Personen: {count}.',
  },
  'groups-refused': {
    en: 'Groups that could not be updated and stayed as they were: {count}. For support: {reference}.',
    de: 'Gruppen, die sich nicht aktualisieren ließen und blieben, wie sie waren: {count}. Für den Support: {reference}.',
  },
  'people-left-out': {
    en: 'People who are still waiting because nothing could be written about them: {count}. For support: {reference}.',
    de: 'Personen, über die sich nichts schreiben ließ und die weiter warten: {count}. Für den Support: {reference}.',
  },
  'excluded-stay-off': {
    en: 'People who lost access and stay without it, because they are excluded from synchronization: {count}. Include them again, then bring them back.',
    de: 'Personen, die den Zugang verloren haben und ohne ihn bleiben, weil sie von der Synchronisierung ausgeschlossen sind: {count}. Beziehen Sie sie wieder ein, und holen Sie sie dann zurück.',
  },
  'address-taken-stay-off': {
    en: 'People who lost access and stay without it, because another member has their address by now: {count}.',
    de: 'Personen, die den Zugang verloren haben und ohne ihn bleiben, weil inzwischen ein anderes Mitglied ihre Adresse hat: {count}.',
  },
  ...seatSentences,
  ...roleSentences,
  ...stepSentences,
};

/** The reason in words. A code that this version does not know is shown as it is. */
export function reasonText({ code, params }: ShownReason, language: Language): string {
  const sentence = sentenceOf(code);
  const more = Object.entries(additions)
    .filter(([name]) => Boolean(params[name]))
    .map(([, added]) => fill(added, params, language));
  const kept = params.kept ? [wordOf(params.kept, language)] : [];
  return [sentence ? fill(sentence, params, language) : code, ...more, ...kept].join(' ');
}

function sentenceOf(code: string): Sentence | undefined {
  return Object.hasOwn(reasonSentences, code) ? reasonSentences[code as Reason['code']] : undefined;
}

/** Whether a sentence has forms that a number or a name chooses from. */
const hasForms = /, (?:plural|select),/;

function fill(sentence: Sentence, params: Record<string, unknown>, language: Language): string {
  const text = sentence[language];
  if (hasForms.test(text)) return sentenceText(sentence, language, params);
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => wordOf(params[name], language));
}

function wordOf(value: unknown, language: Language): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) {
    // Several rules may fail in the same way: it is said once.
    const words = [...new Set(value.map((each) => wordOf(each, language)))];
    return words.join(value.every(isMappingProblem) ? '; ' : ', ');
  }
  if (isMappingProblem(value)) return mappingProblemText(value, language);
  if (typeof value === 'string') return dateOf(value, language) ?? value;
  if (typeof value !== 'object') return JSON.stringify(value);
  const { name, code, params } = value as Record<string, unknown>;
  if (typeof code === 'string' && sentenceOf(code) !== undefined) {
    return reasonText({ code, params: (params ?? {}) as Record<string, unknown> }, language);
  }
  if (isSentence(value)) return value[language];
  return typeof name === 'string' ? name : typeof code === 'string' ? code : '–';
}

/** A name that the vendor gave in each language. */
function isSentence(value: object): value is Sentence {
  return languages.every((language) => typeof (value as Partial<Sentence>)[language] === 'string');
}

function isMappingProblem(value: unknown): value is MappingProblem {
  if (typeof value !== 'object' || value === null) return false;
  return 'target' in value && typeof value.target === 'string' && 'code' in value && 'params' in value;
}

/** `job title must be a text (7)`. */
function mappingProblemText(problem: MappingProblem, language: Language): string {
  const text = `${fieldTitle(problem.target, language)} ${problemText(problem, language)}`;
  const { value } = problem.params;
  return typeof value === 'string' && value !== '' && !text.includes(value) ? `${text} (${value})` : text;
}
