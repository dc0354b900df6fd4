import type { clientsEn } from './clients-en.ts';

/** German texts of OAuth clients. */
export const clientsDe: Record<keyof typeof clientsEn, string> = {
  'clients.title': 'OAuth-Clients',
  'clients.intro':
    'Für Identitätsanbieter, die Zugriffstokens mit OAuth-2.0-Clientanmeldeinformationen abrufen, wie es Microsoft Entra ID kann. Andere Anbieter brauchen nur ein API-Token.',
  'clients.none': 'Noch kein OAuth-Client.',
  'client.create': 'Neuer OAuth-Client',
  'client.nameHint': 'Damit Sie den Client wiedererkennen, zum Beispiel „Entra ID“',
  'client.id': 'Client-ID',
  'client.secret': 'Clientgeheimnis',
  'client.secrets': 'Geheimnisse',
  'client.tokenUrl': 'Token-Endpunkt',
  'client.ends': 'Gültig bis',
  'client.rotate': 'Neues Geheimnis',
  'client.rotateLabel': 'Neues Geheimnis für {name}',
  'client.rotateTitle': 'Geheimnis von „{name}“ ohne Unterbrechung ersetzen',
  'client.rotateText':
    'Sie erhalten ein neues Geheimnis. Tragen Sie es bei Ihrem Identitätsanbieter ein, solange das alte noch gilt. Vorhandene Zugriffstokens gelten weiter, bis sie ablaufen.',
  'client.overlap': 'Wie lange das alte Geheimnis noch gilt',
  'client.revokeLabel': 'OAuth-Client {name} widerrufen',
  'client.revokeTitle': 'OAuth-Client „{name}“ widerrufen?',
  'client.revokeText':
    'Seine Geheimnisse und Zugriffstokens gelten sofort und endgültig nicht mehr. Ihr Identitätsanbieter kann sich damit nicht mehr verbinden.',
  'client.revoked': 'Der OAuth-Client ist widerrufen',
  'client.secretTitle': 'Ihr OAuth-Client',
  'client.secretText':
    'Tragen Sie diese Werte jetzt bei Ihrem Identitätsanbieter ein und bewahren Sie das Geheimnis sicher auf. Es wird nur dieses eine Mal angezeigt.',
  'guide.client.make': 'OAuth-Client erstellen',
  'guide.client.once':
    'Das Geheimnis wird nur jetzt angezeigt. Kopieren Sie es, bevor Sie diese Seite verlassen.',
};
