import type { clientsEn } from './clients-en.ts';

/** German texts of OAuth clients. */
export const clientsDe: Record<keyof typeof clientsEn, string> = {
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
};
