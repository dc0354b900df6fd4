import type { Sentence } from '../../errors/sentence.ts';
import type { Provider } from '../facts/provider.ts';

/**
 * Steps that fix something, in the words of each identity provider; `other` for those that have none of their own. None
 * where there is nothing to do.
 */
export type Fix = Partial<Record<Provider, readonly Sentence[]>> & { other: readonly Sentence[] };

/** What is said of a finding: its headline, what was seen and what comes of it, and the clicks that fix it. */
export interface FindingWords {
  title: Sentence;
  text: Sentence;
  fix: Fix;
}

/** A sentence in both languages. */
export function say(en: string, de: string): Sentence {
  return { en, de };
}

/**
 * Steps that many fixes share. In German, what stands in the portal comes in its German name, with the English one behind
 * it: an admin may have either. The consoles of the others are in English.
 */
export const step = {
  entraUsersMapping: say(
    'In the Microsoft Entra admin center open your app under Entra ID → Enterprise apps, then Provisioning → Attribute mapping → Users.',
    'Öffnen Sie im Microsoft Entra Admin Center Ihre App unter Entra ID → Unternehmens-Apps (Enterprise apps), dann Bereitstellung → Attributzuordnung → Benutzer (Provisioning → Attribute mapping → Users).',
  ),
  entraProvisioning: say(
    'In the Microsoft Entra admin center open your app under Entra ID → Enterprise apps, then Provisioning.',
    'Öffnen Sie im Microsoft Entra Admin Center Ihre App unter Entra ID → Unternehmens-Apps (Enterprise apps), dann Bereitstellung (Provisioning).',
  ),
  entraAssign: say(
    'Open Users and groups → Add user/group, and assign the people or their groups.',
    'Öffnen Sie Benutzer und Gruppen (Users and groups) → Benutzer/Gruppe hinzufügen (Add user/group) und weisen Sie die Personen oder deren Gruppen zu.',
  ),
  entraRestart: say(
    'Save, then choose Provisioning → Overview → Restart provisioning, so that everyone is sent again.',
    'Speichern Sie und wählen Sie Bereitstellung → Übersicht → Bereitstellung neu starten (Restart provisioning), damit alle erneut gesendet werden.',
  ),
  entraToken: say(
    'Open Provisioning → Connectivity (or Admin Credentials), paste the token into Secret token, press Test Connection, then Save.',
    'Öffnen Sie Bereitstellung → Konnektivität (Connectivity, früher Administratoranmeldeinformationen), fügen Sie das Token unter Geheimes Token (Secret token) ein, drücken Sie Verbindung testen (Test Connection), dann Speichern.',
  ),
  oktaMappings: say(
    'In the Okta Admin Console open Applications → your app → Provisioning → To App, and go to the attribute mappings.',
    'Öffnen Sie in der Okta Admin Console Applications → Ihre App → Provisioning → To App und gehen Sie zu den Attributzuordnungen (Attribute Mappings).',
  ),
  oktaForce: say(
    'Save, then choose Force Sync, so that everyone is sent again.',
    'Speichern Sie und wählen Sie Force Sync, damit alle erneut gesendet werden.',
  ),
  oktaToken: say(
    'In the Okta Admin Console open Applications → your app → Provisioning → Integration → Edit, paste the token and press Test API Credentials (integration of your own: Test Connector Configuration). Then Save.',
    'Öffnen Sie in der Okta Admin Console Applications → Ihre App → Provisioning → Integration → Edit, fügen Sie das Token ein und drücken Sie Test API Credentials (bei eigener Integration: Test Connector Configuration). Dann Save.',
  ),
  mappings: say(
    'Open the attribute mapping of your app in your identity provider.',
    'Öffnen Sie in Ihrem Identitätsanbieter die Attributzuordnung Ihrer App.',
  ),
  sendAgain: say('Save and have everyone sent again.', 'Speichern Sie und lassen Sie alle erneut senden.'),
  newToken: say(
    'Create a new API token here under API tokens and copy it with the Copy button.',
    'Erstellen Sie hier unter „API-Tokens“ ein neues API-Token und kopieren Sie es mit der Schaltfläche „Kopieren“.',
  ),
  newClient: say(
    'Create a new OAuth client here under API tokens and copy its values with the Copy buttons.',
    'Erstellen Sie hier unter „API-Tokens“ einen neuen OAuth-Client und kopieren Sie seine Werte mit den Schaltflächen „Kopieren“.',
  ),
  pasteClient: say(
    'Paste them where your identity provider asks for the token endpoint, the client ID and the client secret, and test the connection.',
    'Fügen Sie sie dort ein, wo Ihr Identitätsanbieter nach Token-Endpunkt, Client-ID und Clientgeheimnis fragt, und testen Sie die Verbindung.',
  ),
  pasteToken: say(
    'Paste it where your identity provider asks for the bearer token, and test the connection.',
    'Fügen Sie es dort ein, wo Ihr Identitätsanbieter nach dem Bearer-Token fragt, und testen Sie die Verbindung.',
  ),
} as const;
