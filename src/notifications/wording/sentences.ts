import type { Sentence } from '../../errors/sentence.ts';
import type { MessageKind } from '../causes/cause.ts';

/**
 * What a message of a kind says.
 *
 * @property action what the button is called that leads to the place
 */
export interface KindSentences {
  title: Sentence;
  text: Sentence;
  action: Sentence;
}

/** Every kind of message. `{workspace}` and `{product}` are always there. */
export const kindSentences: Readonly<Record<MessageKind, KindSentences>> = {
  removals_held: {
    title: {
      en: '{count, plural, one {# deactivation waits for your approval} other {# deactivations wait for your approval}}',
      de: '{count, plural, one {# Deaktivierung wartet auf Ihre Freigabe} other {# Deaktivierungen warten auf Ihre Freigabe}}',
    },
    text: {
      en: 'More people left {workspace} within 24 hours than your safeguard allows. {access, select, keep {Those who are held keep their access until you decide.} other {Those who are held have no access until you decide.}} If they really left, approve the deactivations. If not, reject them and check your identity provider.',
      de: 'In {workspace} sind innerhalb von 24 Stunden mehr Personen ausgeschieden, als Ihr Schutz erlaubt. {access, select, keep {Wer zurückgestellt ist, behält den Zugang, bis Sie entscheiden.} other {Wer zurückgestellt ist, hat keinen Zugang, bis Sie entscheiden.}} Sind die Deaktivierungen richtig, geben Sie sie frei. Sonst lehnen Sie sie ab und prüfen Ihren Identitätsanbieter.',
    },
    action: { en: 'Decide', de: 'Entscheiden' },
  },
  run_failed: {
    title: { en: 'A synchronization failed', de: 'Eine Synchronisierung ist fehlgeschlagen' },
    text: {
      en: 'The last synchronization of {workspace} did not finish. What it had not done by then is still pending; the next one continues with it. You will hear nothing more of this until one succeeds.',
      de: 'Die letzte Synchronisierung von {workspace} wurde nicht abgeschlossen. Was noch fehlte, steht weiterhin aus; die nächste Synchronisierung macht damit weiter. Sie hören davon erst wieder, wenn nach einer erfolgreichen Synchronisierung erneut eine fehlschlägt.',
    },
    action: { en: 'See what happened', de: 'Ansehen, was passiert ist' },
  },
  conflicts: {
    title: {
      en: '{count, plural, one {# person cannot be synchronized} other {# people cannot be synchronized}}',
      de: '{count, plural, one {# Person kann nicht synchronisiert werden} other {# Personen können nicht synchronisiert werden}}',
    },
    text: {
      en: 'In {workspace}, synchronization found conflicts that need a decision. No one else is affected.',
      de: 'In {workspace} sind bei der Synchronisierung Konflikte aufgetreten, über die jemand entscheiden muss. Andere Personen sind nicht betroffen.',
    },
    action: { en: 'Look at the conflicts', de: 'Konflikte ansehen' },
  },
  refusals: {
    title: {
      en: 'Requests of your identity provider are refused',
      de: 'Anfragen Ihres Identitätsanbieters werden abgelehnt',
    },
    text: {
      en: 'Your identity provider sent something for {workspace} that {product} could not accept. The log says what it was and how to put it right.',
      de: 'Ihr Identitätsanbieter hat für {workspace} etwas gesendet, das {product} nicht annehmen konnte. Im Protokoll steht, was es war und wie Sie es beheben.',
    },
    action: { en: 'Open the log', de: 'Protokoll öffnen' },
  },
  idp_silent: {
    title: {
      en: '{status, select, none {Your identity provider has gone quiet} other {Your identity provider stopped after a refusal}}',
      de: '{status, select, none {Ihr Identitätsanbieter meldet sich nicht mehr} other {Ihr Identitätsanbieter hat nach einer Ablehnung aufgehört}}',
    },
    text: {
      en: '{status, select, none {Since {since}, nothing has arrived for {workspace}. People who join or leave are not noticed meanwhile. Check in your identity provider whether provisioning still runs.} other {Its last request for {workspace}, on {since}, was refused with status {status}, and nothing has come since. Entra ID may have put the job into quarantine: the cause is in the log. Put it right, then restart provisioning there.}}',
      de: '{status, select, none {Seit {since} ist für {workspace} nichts mehr angekommen. Wer neu dazukommt oder ausscheidet, wird so lange nicht bemerkt. Prüfen Sie bei Ihrem Identitätsanbieter, ob die Bereitstellung noch läuft.} other {Die letzte Anfrage für {workspace} am {since} wurde mit Status {status} abgelehnt; seitdem kam nichts mehr. Möglicherweise hat Entra ID den Auftrag in Quarantäne gestellt. Die Ursache steht im Protokoll: Beheben Sie sie, und starten Sie die Bereitstellung dort neu.}}',
    },
    action: { en: 'Open the log', de: 'Protokoll öffnen' },
  },
  token_expiring: {
    title: {
      en: '{days, plural, one {An API token expires within a day} other {An API token expires in # days}}',
      de: '{days, plural, one {Ein API-Token läuft innerhalb eines Tages ab} other {Ein API-Token läuft in # Tagen ab}}',
    },
    text: {
      en: 'It is the token “{name}” of {workspace}. After that, your identity provider is no longer let in. Rotate it, and enter the new token there; the old one keeps working for as long as you choose.',
      de: 'Es ist das Token „{name}“ von {workspace}. Danach hat Ihr Identitätsanbieter keinen Zugang mehr. Erneuern Sie es, und tragen Sie das neue Token dort ein; das alte funktioniert noch so lange, wie Sie es festlegen.',
    },
    action: { en: 'Rotate the token', de: 'Token erneuern' },
  },
  token_unused: {
    title: {
      en: 'A rotated API token is not in use yet',
      de: 'Ein erneuertes API-Token wird noch nicht verwendet',
    },
    text: {
      en: 'The token “{name}” of {workspace} was rotated, but your identity provider has not used the new one so far. {hours, plural, =0 {The old one has expired: nothing gets through any more.} one {The old one expires within an hour.} other {The old one expires in # hours.}} Enter the new token in your identity provider.',
      de: 'Das Token „{name}“ von {workspace} wurde erneuert, aber Ihr Identitätsanbieter hat das neue noch nicht verwendet. {hours, plural, =0 {Das alte ist abgelaufen: Es kommt nichts mehr an.} one {Das alte läuft innerhalb einer Stunde ab.} other {Das alte läuft in # Stunden ab.}} Tragen Sie das neue Token bei Ihrem Identitätsanbieter ein.',
    },
    action: { en: 'Look at the tokens', de: 'Tokens ansehen' },
  },
  first_contact: {
    title: { en: 'Your identity provider is connected', de: 'Ihr Identitätsanbieter ist verbunden' },
    text: {
      en: 'The first request for {workspace} has arrived. Wait until your identity provider has sent everybody, then look at the changes and synchronize.',
      de: 'Die erste Anfrage für {workspace} ist angekommen. Warten Sie, bis Ihr Identitätsanbieter alle Personen gesendet hat. Sehen Sie sich dann die Änderungen an, und synchronisieren Sie.',
    },
    action: { en: 'Watch it arrive', de: 'Eingang verfolgen' },
  },
  weekly_digest: {
    title: { en: 'Your week', de: 'Ihre Woche' },
    text: {
      en: 'In {workspace}, in the last 7 days: {joined, plural, =0 {nobody joined} one {# person joined} other {# people joined}}, {changed, plural, =0 {nobody changed} one {# was changed} other {# were changed}}, {left, plural, =0 {nobody left} one {# left} other {# left}}. {failed, plural, =0 {No synchronization failed.} one {# synchronization failed.} other {# synchronizations failed.}} {refused, plural, =0 {No request was refused.} one {# request was refused.} other {# requests were refused.}} {held, plural, =0 {} one {# deactivation waits for approval. } other {# deactivations wait for approval. }}{conflicts, plural, =0 {There are no conflicts.} one {# person cannot be synchronized because of a conflict.} other {# people cannot be synchronized because of a conflict.}}',
      de: 'In {workspace} in den letzten 7 Tagen: {joined, plural, =0 {niemand kam dazu} one {# Person kam dazu} other {# Personen kamen dazu}}, {changed, plural, =0 {niemand wurde geändert} one {# wurde geändert} other {# wurden geändert}}, {left, plural, =0 {niemand schied aus} one {# schied aus} other {# schieden aus}}. {failed, plural, =0 {Keine Synchronisierung ist fehlgeschlagen.} one {# Synchronisierung ist fehlgeschlagen.} other {# Synchronisierungen sind fehlgeschlagen.}} {refused, plural, =0 {Keine Anfrage wurde abgelehnt.} one {# Anfrage wurde abgelehnt.} other {# Anfragen wurden abgelehnt.}} {held, plural, =0 {} one {# Deaktivierung wartet auf Freigabe. } other {# Deaktivierungen warten auf Freigabe. }}{conflicts, plural, =0 {Konflikte gibt es keine.} one {Bei # Person gibt es einen Konflikt.} other {Bei # Personen gibt es einen Konflikt.}}',
    },
    action: { en: 'Open the overview', de: 'Übersicht öffnen' },
  },
  test: {
    title: { en: 'A test message', de: 'Eine Testnachricht' },
    text: {
      en: 'If you can read this, messages of {product} about {workspace} arrive here.',
      de: 'Wenn Sie dies lesen können, kommen Nachrichten von {product} zu {workspace} hier an.',
    },
    action: { en: 'Open the notifications', de: 'Benachrichtigungen öffnen' },
  },
};

/** What stands around every message. */
export const frameSentences = {
  /** Only where the workspace lets messages name people. */
  names: {
    en: '{more, plural, =0 {{names}} one {{names} and # more} other {{names} and # more}}',
    de: '{more, plural, =0 {{names}} one {{names} und # weitere Person} other {{names} und # weitere}}',
  },
  whyMail: {
    en: 'You are receiving this because you subscribed to it in the settings of {workspace}.',
    de: 'Sie erhalten diese Nachricht, weil Sie sie in den Einstellungen von {workspace} abonniert haben.',
  },
  unsubscribe: { en: 'Unsubscribe', de: 'Nachrichten abbestellen' },
  settings: { en: 'Change what you hear about', de: 'Anlässe auswählen' },
} satisfies Record<string, Sentence>;
