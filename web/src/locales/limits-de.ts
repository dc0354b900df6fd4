import type { limitsEn } from './limits-en.ts';

/** Sessions, OAuth clients and quotas, in German. */
export const limitsDe: Record<keyof typeof limitsEn, string> = {
  'session.otherTitle': 'Sie sind mit einem anderen Konto angemeldet',
  'session.otherCurrent': 'In diesem Browser ist {email} im Arbeitsbereich {workspace} angemeldet.',
  'session.otherNext':
    'Der Link meldet Sie als {email} im Arbeitsbereich {workspace} an und beendet diese Sitzung.',
  'session.otherStay': 'Angemeldet bleiben',
  'session.otherSwitch': 'Als {email} anmelden',
  'sessions.title': 'Sitzungen',
  'sessions.intro':
    'Wer in diesem Arbeitsbereich angemeldet ist und wo. Eine Sitzung endet auch, wenn sie eine Weile nicht genutzt wird.',
  'sessions.everywhere': 'Überall abmelden',
  'sessions.everywhereTitle': 'Überall abmelden?',
  'sessions.everywhereText': 'Alle Ihre Sitzungen enden, auf diesem Gerät und auf allen anderen.',
  'sessions.this': 'Diese Sitzung',
  'sessions.unknown': 'Unbekanntes Programm',
  'sessions.used': 'Zuletzt genutzt',
  'sessions.opened': 'Angemeldet',
  'sessions.ends': 'Endet spätestens',
  'sessions.address': 'Netzwerkadresse',
  'sessions.end': 'Beenden',
  'sessions.endLabel': 'Sitzung von {email} beenden, angemeldet {at}',
  'sessions.endTitle': 'Diese Sitzung beenden?',
  'sessions.endText': '{email} muss sich dort neu anmelden. Nicht Gespeichertes geht verloren.',
  'sessions.ended': 'Die Sitzung ist beendet',
  'quota.title': 'Limits dieses Arbeitsbereichs',
  'quota.intro': 'Wie weit dieser Arbeitsbereich seine Limits ausschöpft. {product} legt sie fest.',
  'quota.users': 'Benutzer vom Identitätsanbieter',
  'quota.groups': 'Gruppen vom Identitätsanbieter',
  'quota.members': 'Mitglieder',
  'quota.logMegabytesToday': 'Bereitstellungsprotokoll heute',
  'quota.of': '{used, number} von {max, number}',
  'quota.ofMegabytes': '{used, number} von {max, number} MB',
  'quota.nearTitle':
    '{count, plural, one {Ein Limit dieses Arbeitsbereichs ist fast erreicht} other {# Limits dieses Arbeitsbereichs sind fast erreicht}}',
  'quota.reachedTitle':
    '{count, plural, one {Ein Limit dieses Arbeitsbereichs ist erreicht} other {# Limits dieses Arbeitsbereichs sind erreicht}}',
  'quota.near': 'Fast erreicht',
  'quota.reached': 'Erreicht',
  'quota.look': 'Limits ansehen',
  'quota.effect.users':
    'Darüber hinaus werden neue Personen von Ihrem Identitätsanbieter abgelehnt. Wer schon da ist, bleibt.',
  'quota.effect.groups':
    'Darüber hinaus werden neue Gruppen von Ihrem Identitätsanbieter abgelehnt. Vorhandene bleiben.',
  'quota.effect.members':
    'Darüber hinaus lassen sich keine Mitglieder manuell hinzufügen oder importieren. Die Synchronisierung läuft weiter.',
  'quota.effect.logMegabytesToday':
    'Darüber hinaus werden Anfragen bis Mitternacht (UTC) ohne ihren Inhalt protokolliert.',
  'seats.of':
    '{used, plural, one {# von {limit, number} Plätzen ist vergeben} other {# von {limit, number} Plätzen sind vergeben}}',
  'seats.share':
    '{taking, plural, one {# von {all, number} Personen erhält einen Platz} other {# von {all, number} Personen erhalten einen Platz}}; {waiting, plural, one {# muss warten} other {# müssen warten}}',
  'seats.waitNow':
    '{count, plural, one {# Person wartet auf einen Platz} other {# Personen warten auf einen Platz}}',
  'seats.full': 'Alle Plätze sind vergeben',
  'seats.nearlyFull': 'Fast alle Plätze sind vergeben',
  'seats.fullText':
    '{used, plural, one {# von {limit, number} Plätzen ist vergeben} other {# von {limit, number} Plätzen sind vergeben}}. Neue Personen ohne Platz werden zurückgestellt, bis einer frei wird.',
  'roles.heldNow':
    '{count, plural, one {# Person ist wegen einer Rolle zurückgestellt.} other {# Personen sind wegen ihrer Rollen zurückgestellt.}}',
  'roles.beside':
    '{count, plural, one {Die Rolle von # Person muss warten} other {Die Rollen von # Personen müssen warten}}; alles andere wird ausgeführt.',
  'seats.advice':
    '{used, plural, one {# von {limit, number} Plätzen ist vergeben} other {# von {limit, number} Plätzen sind vergeben}}. {by, select, itself {Ein Platz, der frei wird, geht automatisch an die nächste Person.} other {Ein Platz, der frei wird, geht an die nächste Person, wenn Sie synchronisieren.}} Deaktivieren Sie Mitglieder (bei Ihrem Identitätsanbieter, falls er sie verwaltet), oder kaufen Sie mehr Plätze.',
};
