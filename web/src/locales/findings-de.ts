import type { findingsEn } from './findings-en.ts';

/** Was beim Identitätsanbieter nicht stimmt, und die Hilfe in der Einrichtung. */
export const findingsDe: Record<keyof typeof findingsEn, string> = {
  'findings.title': 'Was Ihr Identitätsanbieter ändern sollte',
  'findings.since': 'Seit',
  'findings.fix': 'So beheben Sie es',
  'findings.fixIn': 'So beheben Sie es in {provider}',
  'findings.requests': 'Anfragen anzeigen',
  'findings.more': '{count, plural, one {Einen weiteren anzeigen} other {# weitere anzeigen}}',
  'guide.ways': 'Art der App',
  'guide.openPage': '{host} öffnen (neuer Tab)',
  'guide.token.make': 'Token erstellen',
  'guide.token.another': 'Weiteres Token erstellen',
  'guide.token.once': 'Es wird nur jetzt angezeigt. Fügen Sie es ein, bevor Sie diese Seite verlassen.',
  'guide.token.have':
    '{count, plural, one {Es gibt bereits ein gültiges Token, das auf {lastFour} endet} other {Es gibt bereits # gültige Tokens; das neueste endet auf {lastFour}}}. Der Inhalt wird nicht mehr angezeigt: Verwenden Sie es, wenn Sie es haben, sonst erstellen Sie ein weiteres.',
  'guide.failed': 'Der Verbindungstest schlägt fehl?',
  'guide.failed.saw': 'Was dieser Dienst wirklich gesehen hat',
  'guide.failed.nothing':
    'Hier ist nichts angekommen. Dann stimmt die Adresse nicht, etwas dazwischen lehnt ab, oder der Test wurde noch nicht ausgelöst.',
  'guide.failed.check': 'Dann prüfen Sie:',
  'guide.failed.wholeToken':
    'Wurde das ganze Token eingefügt? Es beginnt mit mcs_ und hat 53 Zeichen. Was mit einem Stück davon ankommt, steht oben.',
  'guide.saw.truncated':
    'Ein Stück des Tokens „{name}“ ({prefix}…), {length} statt 53 Zeichen: abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.mistyped':
    'Etwas wie das Token „{name}“ ({prefix}…), aber nicht dieses: abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.surrounded':
    'Das Token „{name}“ ({prefix}…) mit etwas darum herum, etwa zweimal Bearer: abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.revoked':
    'Das widerrufene Token „{name}“ ({prefix}…{lastFour}): abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.expired':
    'Das abgelaufene Token „{name}“ ({prefix}…{lastFour}): abgelehnt{count, plural, one {} other {, #-mal}}',
  'guide.saw.answered': '{sentence} – mit {status} beantwortet',
};
