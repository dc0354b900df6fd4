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
    'Wer in diesem Arbeitsbereich angemeldet ist, und wo. Eine Sitzung endet auch, wenn sie eine Weile nicht genutzt wird.',
  'sessions.everywhere': 'Überall abmelden',
  'sessions.everywhereTitle': 'Überall abmelden?',
  'sessions.everywhereText': 'Alle Ihre Sitzungen enden, auf diesem Gerät und auf jedem anderen.',
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
  'clients.title': 'OAuth-Clients',
  'clients.intro':
    'Für Identitätsanbieter, die Zugriffstoken über OAuth-2.0-Clientanmeldeinformationen anfordern, wie es Microsoft Entra ID kann. Andere Anbieter brauchen nur ein API-Token.',
  'clients.none': 'Es gibt keinen OAuth-Client.',
  'client.create': 'Neuer OAuth-Client',
  'client.nameHint': 'Damit Sie den Client wiedererkennen, zum Beispiel „Entra ID“',
  'client.id': 'Client-ID',
  'client.secret': 'Clientgeheimnis',
  'client.secrets': 'Geheimnisse',
  'client.tokenUrl': 'Token-Endpunkt',
  'client.ends': 'Gültig bis',
  'client.rotate': 'Neues Geheimnis',
  'client.rotateLabel': 'Neues Geheimnis für {name}',
  'client.rotateTitle': 'Geheimnis ohne Unterbrechung ersetzen',
  'client.rotateText':
    'Sie erhalten ein neues Geheimnis. Fügen Sie es in Ihren Identitätsanbieter ein, solange das alte noch gilt. Zugriffstoken gelten weiter, bis sie ablaufen.',
  'client.overlap': 'Das alte Geheimnis gilt noch für',
  'client.revokeLabel': 'OAuth-Client {name} widerrufen',
  'client.revokeTitle': 'Diesen OAuth-Client widerrufen?',
  'client.revokeText':
    'Seine Geheimnisse und Zugriffstoken gelten sofort und endgültig nicht mehr. Ihr Identitätsanbieter kann sich damit nicht mehr verbinden.',
  'client.revoked': 'Der OAuth-Client ist widerrufen',
  'client.secretTitle': 'Ihr OAuth-Client',
  'client.secretText':
    'Kopieren Sie diese Werte jetzt in Ihren Identitätsanbieter und bewahren Sie das Geheimnis sicher auf. Es wird nur einmal angezeigt.',
  'guide.client.make': 'OAuth-Client anlegen',
  'guide.client.once':
    'Das Geheimnis steht nur jetzt hier. Kopieren Sie es, bevor Sie diese Seite verlassen.',
  'quota.title': 'Grenzen dieses Arbeitsbereichs',
  'quota.intro':
    'Wie viel dieser Arbeitsbereich hat und wie viel er haben kann. {product} legt die Grenzen fest.',
  'quota.users': 'Benutzer aus dem Identitätsanbieter',
  'quota.groups': 'Gruppen aus dem Identitätsanbieter',
  'quota.members': 'Mitglieder',
  'quota.logMegabytesToday': 'Bereitstellungsprotokoll heute, in Megabyte',
  'quota.of': '{used, number} von {max, number}',
  'quota.nearTitle': 'Eine Grenze dieses Arbeitsbereichs ist fast erreicht',
  'quota.reachedTitle': 'Eine Grenze dieses Arbeitsbereichs ist erreicht',
  'quota.near': 'Fast erreicht',
  'quota.reached': 'Erreicht',
  'quota.look': 'Grenzen ansehen',
  'quota.effect.users':
    'Darüber hinaus werden neue Personen aus Ihrem Identitätsanbieter abgelehnt. Wer schon da ist, bleibt.',
  'quota.effect.groups':
    'Darüber hinaus werden neue Gruppen aus Ihrem Identitätsanbieter abgelehnt. Vorhandene bleiben.',
  'quota.effect.members':
    'Darüber hinaus lassen sich keine Mitglieder von Hand oder aus einer Datei anlegen. Die Synchronisierung läuft weiter.',
  'quota.effect.logMegabytesToday': 'Bis Mitternacht (UTC) werden Anfragen ohne ihren Inhalt protokolliert.',
};
