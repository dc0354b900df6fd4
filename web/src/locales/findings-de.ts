import type { findingsEn } from './findings-en.ts';

/** What is wrong at the identity provider, and the help of the guide, in German. */
export const findingsDe: Record<keyof typeof findingsEn, string> = {
  'findings.title': 'Was Sie bei Ihrem Identitätsanbieter ändern sollten',
  'findings.since': 'Zuerst bemerkt',
  'findings.fix': 'So beheben Sie es',
  'findings.fixIn': 'So beheben Sie es in {provider}',
  'findings.arrivedSoFar': 'Die ersten Personen sind angekommen: bisher {count, number}',
  'findings.look': 'Wo der Stand zu sehen ist',
  'findings.lookIn': 'Wo Sie den Stand in {provider} sehen',
  'findings.requests': 'Anfragen anzeigen',
  'findings.more': '{count, plural, one {Einen weiteren anzeigen} other {# weitere anzeigen}}',
  'guide.ways': 'Art der App',
  'guide.openPage': '{host} öffnen (neuer Tab)',
  'guide.token.make': 'Token erstellen',
  'guide.token.another': 'Weiteres Token erstellen',
  'guide.token.once': 'Es wird nur jetzt angezeigt. Fügen Sie es ein, bevor Sie diese Seite verlassen.',
  'guide.token.have':
    '{count, plural, one {Es gibt bereits ein gültiges Token, das auf {lastFour} endet} other {Es gibt bereits # gültige Tokens; das neueste endet auf {lastFour}}}. Es wird nicht noch einmal angezeigt: Verwenden Sie es, wenn Sie es haben.',
  'guide.token.else': 'Sonst erstellen Sie ein weiteres.',
  'guide.failed': 'Schlägt der Verbindungstest fehl?',
  'guide.failed.saw': 'Was hier angekommen ist',
  'guide.failed.nothing':
    'Hier ist noch nichts angekommen: Die Adresse stimmt nicht, etwas dazwischen blockiert die Anfrage, oder der Test wurde noch nicht ausgelöst.',
  'guide.failed.check': 'Prüfen Sie Folgendes:',
  'guide.failed.wholeToken':
    'Wurde das ganze Token eingefügt? Es beginnt mit mcs_ und hat 53 Zeichen. Kommt nur ein Teil davon an, steht das oben.',
  'guide.saw.truncated':
    'Ein Teil des Tokens „{name}“ ({prefix}…), {length} von 53 Zeichen: abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.mistyped':
    'Ein Token, das wie „{name}“ ({prefix}…) beginnt, aber nicht übereinstimmt: abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.surrounded':
    'Das Token „{name}“ ({prefix}…) mit zusätzlichen Zeichen, etwa einem zweiten „Bearer“: abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.revoked':
    'Das widerrufene Token „{name}“ ({prefix}…{lastFour}): abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.expired':
    'Das abgelaufene Token „{name}“ ({prefix}…{lastFour}): abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.answered': '{sentence} – mit {status} beantwortet',
};
