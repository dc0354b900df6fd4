import type { Provider } from './guide.ts';

/** Die Schritte in den Worten des jeweiligen Identitätsanbieters: Überschrift, dann was zu tun ist; `{{product}}` steht für das Produkt. */
export const guideTextsDe: Record<Provider, readonly (readonly [string, string])[]> = {
  entra: [
    [
      'Unternehmensanwendung anlegen',
      'Öffnen Sie im Microsoft Entra Admin Center „Unternehmensanwendungen“ → „Neue Anwendung“ → „Eigene Anwendung erstellen“. Geben Sie als Namen „{{product}}“ ein, wählen Sie „Beliebige andere, nicht im Katalog gefundene Anwendung integrieren“ und dann „Erstellen“.',
    ],
    [
      'Bereitstellung auf automatisch stellen',
      'Öffnen Sie „Bereitstellung“ → „Erste Schritte“ und stellen Sie den Bereitstellungsmodus auf „Automatisch“.',
    ],
    [
      'URL und Token eintragen, „Verbindung testen“ drücken',
      'Tragen Sie die Adresse unten als „Mandanten-URL“ ein und Ihr API-Token als „Geheimes Token“. „Verbindung testen“ muss melden, dass die Anmeldeinformationen autorisiert sind. Danach „Speichern“.',
    ],
    [
      'Benutzer über die Objekt-ID abgleichen',
      'Öffnen Sie „Zuordnungen“ → „Microsoft Entra ID-Benutzer bereitstellen“. Bearbeiten Sie die Zeile externalId (dort steht mailNickname): Quellattribut objectId, „Objekte mit diesem Attribut abgleichen“ Ja, Rangfolge 1. Stellen Sie danach den Abgleich von userName auf Nein, damit ein einziges Abgleichsattribut bleibt. „Speichern“.',
    ],
    [
      'Gruppen über die Objekt-ID abgleichen',
      'Öffnen Sie „Zuordnungen“ → „Microsoft Entra ID-Gruppen bereitstellen“. Stellen Sie objectId → externalId auf Abgleich Ja und displayName auf Abgleich Nein. „Speichern“. Mitglieder verschachtelter Gruppen sendet Entra nicht: Weisen Sie die Gruppen selbst zu.',
    ],
    [
      'Benutzer und Gruppen zuweisen',
      'Öffnen Sie „Benutzer und Gruppen“ → „Benutzer/Gruppe hinzufügen“. Wenn Sie möchten, weisen Sie zuerst eine Testperson zu.',
    ],
    [
      'Bereitstellung starten',
      'Öffnen Sie „Bereitstellung“ → „Bereitstellung starten“. Der erste Zyklus beginnt nach bis zu einer Stunde; spätere laufen etwa alle 40 Minuten. Eine einzelne Person senden Sie sofort mit „Bedarfsorientierte Bereitstellung“.',
    ],
  ],
  okta: [
    [
      'Anwendung hinzufügen',
      'Öffnen Sie in der Okta Admin Console Applications → Browse App Catalog, suchen Sie „SCIM 2.0 Test App (Header Auth)“ und fügen Sie sie als „{{product}}“ hinzu, oder verwenden Sie Ihre eigene App-Integration mit SCIM.',
    ],
    [
      'URL und Token eintragen, Test API Credentials drücken',
      'Öffnen Sie Provisioning → Integration → Configure API Integration. Tragen Sie die Adresse unten als Base URL ein und „Bearer “ gefolgt von Ihrem API-Token als API Token. Test API Credentials, danach Save.',
    ],
    [
      'Funktionen einschalten',
      'Öffnen Sie Provisioning → To App → Edit und schalten Sie Create Users, Update User Attributes und Deactivate Users ein. Save.',
    ],
    ['Personen zuweisen', 'Öffnen Sie Assignments → Assign. Die Personen werden sofort gesendet.'],
    ['Gruppen senden', 'Öffnen Sie Push Groups und wählen Sie die Gruppen, die hier erscheinen sollen.'],
  ],
  onelogin: [
    [
      'Anwendung hinzufügen',
      'Öffnen Sie Applications → Add App und wählen Sie „SCIM Provisioner with SAML (SCIM v2 Core)“. Nennen Sie die Anwendung „{{product}}“.',
    ],
    [
      'URL und Token eintragen',
      'Öffnen Sie Configuration. Tragen Sie die Adresse unten als SCIM Base URL ein und Ihr API-Token als SCIM Bearer Token. Schalten Sie die API Connection ein.',
    ],
    [
      'Bereitstellung einschalten',
      'Öffnen Sie Provisioning, setzen Sie den Haken bei Enable provisioning und wählen Sie, welche Aktionen eine Freigabe brauchen. Stellen Sie das Löschverhalten auf Suspend.',
    ],
    ['Personen zuweisen', 'Öffnen Sie Users oder Rules und weisen Sie zu, wen Sie bereitstellen möchten.'],
  ],
  jumpcloud: [
    [
      'Anwendung hinzufügen',
      'Öffnen Sie SSO Applications → Add New Application → Custom Application, nennen Sie sie „{{product}}“ und wählen Sie Export users to this app (Identity Management).',
    ],
    [
      'URL und Token eintragen, Test Connection drücken',
      'Öffnen Sie Identity Management. Wählen Sie SCIM 2.0, tragen Sie die Adresse unten als Base URL ein, Ihr API-Token als Token Key und die Adresse einer Testperson, danach Test Connection und Activate.',
    ],
    [
      'Gruppen einschalten',
      'Schalten Sie die Verwaltung von User Groups und Group Membership ein, wenn Gruppen hier erscheinen sollen.',
    ],
    [
      'Benutzergruppen zuweisen',
      'Öffnen Sie User Groups und wählen Sie die Gruppen, deren Personen Sie bereitstellen möchten.',
    ],
  ],
  google: [
    [
      'Anwendung hinzufügen',
      'Öffnen Sie in der Google Admin-Konsole Apps → Web- und mobile Apps → Ihre App für {{product}} mit SAML. Automatische Nutzerverwaltung braucht eine App, die sie anbietet.',
    ],
    [
      'URL und Token eintragen',
      'Öffnen Sie „Automatische Nutzerverwaltung“ → „Konfigurieren“. Tragen Sie Ihr API-Token als Zugriffstoken ein und die Adresse unten als Endpunkt-URL.',
    ],
    [
      'Attribute zuordnen',
      'Ordnen Sie die primäre E-Mail-Adresse userName und emails zu, dazu Vor- und Nachname. „Weiter“.',
    ],
    [
      'Umfang festlegen und einschalten',
      'Wählen Sie die Gruppen, legen Sie das Verhalten beim Entfernen fest und schalten Sie die automatische Nutzerverwaltung ein.',
    ],
  ],
  ping: [
    [
      'Verbindung anlegen',
      'Öffnen Sie in PingOne Integrations → Provisioning → New Connection → Identity Store → SCIM Outbound. Nennen Sie die Verbindung „{{product}}“.',
    ],
    [
      'URL und Token eintragen, Test Connection drücken',
      'Tragen Sie die Adresse unten als SCIM Base URL ein, wählen Sie OAuth 2 Bearer Token, tragen Sie Ihr API-Token ein und als User Filter Expression userName. Test Connection, danach Save.',
    ],
    [
      'Regel anlegen',
      'Öffnen Sie Rules → New Rule mit PingOne als Quelle und dieser Verbindung als Ziel. Ordnen Sie die Attribute zu.',
    ],
    [
      'Verbindung und Regel einschalten',
      'Schalten Sie Verbindung und Regel ein. PingOne beginnt, Personen zu senden.',
    ],
  ],
  other: [
    [
      'URL und Token eintragen',
      'Ihr Identitätsanbieter muss SCIM 2.0 mit einem Bearer-Token sprechen. Tragen Sie die Adresse unten und Ihr API-Token ein und testen Sie die Verbindung.',
    ],
    [
      'Festlegen, woran Personen erkannt werden',
      'Senden Sie eine feste Kennung als externalId (eine Objekt-ID, keinen Namen und keine Adresse) und den Anmeldenamen als userName.',
    ],
    [
      'Personen und Gruppen zuweisen',
      'Weisen Sie zu, wen Sie für {{product}} bereitstellen möchten, und starten Sie die Bereitstellung.',
    ],
  ],
};
