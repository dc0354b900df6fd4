import { type Guide, say } from './guide.ts';

const tenantUrl = say('Tenant URL', 'Mandanten-URL (Tenant URL)');
const secretToken = say('Secret token', 'Geheimes Token (Secret token)');

/**
 * As Microsoft documents it:
 * https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
 */
export const entraGuide: Guide = {
  form: {
    title: say('New provisioning configuration', 'Neue Bereitstellungskonfiguration'),
    url: say('Tenant URL', 'Mandanten-URL'),
    token: say('Secret token', 'Geheimes Token'),
    test: say('Test Connection', 'Verbindung testen'),
  },
  phases: [
    {
      title: say('Create the app', 'App anlegen'),
      steps: [
        {
          text: say(
            'Open the Microsoft Entra admin center as an application administrator.',
            'Öffnen Sie das Microsoft Entra Admin Center als Anwendungsadministrator.',
          ),
          link: 'https://entra.microsoft.com',
        },
        {
          text: say(
            'Open [[Entra ID]] → [[Enterprise apps]] → [[+ New application]].',
            'Öffnen Sie [[Entra ID]] → [[Unternehmens-Apps|Enterprise apps]] → [[+ Neue Anwendung|New application]].',
          ),
        },
        {
          text: say(
            'Choose [[+ Create your own application]].',
            'Wählen Sie [[+ Eigene Anwendung erstellen|Create your own application]].',
          ),
        },
        {
          text: say('Enter “{{product}}” as its name.', 'Geben Sie als Namen „{{product}}“ ein.'),
          copy: { label: say('Name', 'Name'), value: '{{product}}' },
        },
        {
          text: say(
            'Choose [[Integrate any other application you don’t find in the gallery (Non-gallery)]].',
            'Wählen Sie [[Beliebige andere Anwendung integrieren, die Sie nicht im Katalog finden|Integrate any other application you don’t find in the gallery (Non-gallery)]].',
          ),
        },
        { text: say('Press [[Create]].', 'Drücken Sie [[Erstellen|Create]].') },
      ],
    },
    {
      title: say('Connect: URL, token, Test Connection', 'Verbinden: URL, Token, „Verbindung testen“'),
      signal: 'contact',
      drawing: 'credentials',
      steps: [
        {
          text: say(
            'Open [[Provisioning]] on the left, then [[+ New configuration]].',
            'Öffnen Sie links [[Bereitstellung|Provisioning]], dann [[+ Neue Konfiguration|New configuration]].',
          ),
        },
        {
          text: say(
            'Choose [[Bearer authentication]], if you are asked for a method.',
            'Wählen Sie [[Bearer-Authentifizierung|Bearer authentication]], falls nach der Methode gefragt wird.',
          ),
        },
        {
          text: say('Paste the address.', 'Fügen Sie die Adresse ein.'),
          copy: { label: tenantUrl, value: 'tenantUrl' },
        },
        {
          text: say('Paste the token, alone.', 'Fügen Sie das Token ein, ohne etwas davor.'),
          token: { label: secretToken, form: 'plain' },
        },
        {
          text: say(
            'Does your organization require OAuth? Then choose [[OAuth 2.0 client credentials]] as the method instead, and paste these three in place of the token.',
            'Verlangt Ihre Organisation OAuth? Dann wählen Sie stattdessen die Methode [[OAuth 2.0-Clientanmeldeinformationen|OAuth 2.0 client credentials]] und fügen diese drei Werte anstelle des Tokens ein.',
          ),
          client: true,
        },
        {
          text: say(
            'Press [[Test Connection]]. It must say that the credentials are authorized.',
            'Drücken Sie [[Verbindung testen|Test Connection]]. Es muss melden, dass die Anmeldeinformationen autorisiert sind.',
          ),
        },
        { text: say('Press [[Create]].', 'Drücken Sie [[Erstellen|Create]].') },
      ],
      failed: [
        say(
          'Is the secret token empty? Then Entra sends a token of its own, which this service does not know.',
          'Ist das geheime Token leer? Dann sendet Entra ein eigenes Token, das dieser Dienst nicht kennt.',
        ),
        say(
          'Does the tenant URL begin with https:// and end in /scim/v2? Entra needs an address that is reachable from the internet, with a certificate from a public certificate authority.',
          'Beginnt die Mandanten-URL mit https:// und endet sie auf /scim/v2? Entra braucht eine Adresse, die aus dem Internet erreichbar ist, mit einem Zertifikat einer öffentlichen Zertifizierungsstelle.',
        ),
        say(
          'Does a firewall block requests without a User-Agent? Entra sends none.',
          'Blockiert eine Firewall Anfragen ohne User-Agent? Entra sendet keinen.',
        ),
      ],
    },
    {
      title: say('Match users by object id', 'Benutzer über die Objekt-ID abgleichen'),
      signal: 'externalId',
      drawing: 'matching',
      steps: [
        {
          text: say(
            'Open [[Attribute mapping]] on the left, then [[Users]].',
            'Öffnen Sie links [[Attributzuordnung|Attribute mapping]], dann [[Benutzer|Users]].',
          ),
        },
        {
          text: say(
            'Open the row of externalId; its source is mailNickname.',
            'Öffnen Sie die Zeile von externalId; ihre Quelle ist mailNickname.',
          ),
        },
        {
          text: say(
            'Set [[Source attribute]] to objectId.',
            'Setzen Sie [[Quellattribut|Source attribute]] auf objectId.',
          ),
        },
        {
          text: say(
            'Set [[Match objects using this attribute]] to [[Yes]] and [[Matching precedence]] to 1, then press [[Ok]].',
            'Setzen Sie [[Objekte mit diesem Attribut abgleichen|Match objects using this attribute]] auf [[Ja|Yes]] und [[Rangfolge für Abgleich|Matching precedence]] auf 1, dann drücken Sie [[OK|Ok]].',
          ),
        },
        {
          text: say(
            'Open the row of userName, set [[Match objects using this attribute]] to [[No]], press [[Ok]].',
            'Öffnen Sie die Zeile von userName, setzen Sie [[Objekte mit diesem Attribut abgleichen|Match objects using this attribute]] auf [[Nein|No]], drücken Sie [[OK|Ok]].',
          ),
        },
        {
          text: say(
            'Press [[Save]], and [[Yes]] when you are asked.',
            'Drücken Sie [[Speichern|Save]] und auf die Nachfrage [[Ja|Yes]].',
          ),
        },
      ],
    },
    {
      title: say('Match groups by object id', 'Gruppen über die Objekt-ID abgleichen'),
      leavesNoTrace: true,
      steps: [
        {
          text: say(
            'Open [[Attribute mapping]] → [[Groups]].',
            'Öffnen Sie [[Attributzuordnung|Attribute mapping]] → [[Gruppen|Groups]].',
          ),
        },
        {
          text: say(
            'Open the row of externalId, whose source is objectId: match [[Yes]], precedence 1, [[Ok]].',
            'Öffnen Sie die Zeile von externalId, deren Quelle objectId ist: Abgleich [[Ja|Yes]], Rangfolge 1, [[OK|Ok]].',
          ),
        },
        {
          text: say(
            'Open the row of displayName: match [[No]], [[Ok]].',
            'Öffnen Sie die Zeile von displayName: Abgleich [[Nein|No]], [[OK|Ok]].',
          ),
        },
        { text: say('Press [[Save]], then [[Yes]].', 'Drücken Sie [[Speichern|Save]], dann [[Ja|Yes]].') },
      ],
    },
    {
      title: say('Choose who comes', 'Auswählen, wer kommt'),
      steps: [
        {
          text: say(
            'Open [[Users and groups]] → [[+ Add user/group]]. Without an assignment, no one is sent.',
            'Öffnen Sie [[Benutzer und Gruppen|Users and groups]] → [[+ Benutzer/Gruppe hinzufügen|Add user/group]]. Ohne Zuweisung wird niemand gesendet.',
          ),
        },
        {
          text: say(
            'Assign one test person first. Assign each group itself: people in nested groups are not sent.',
            'Weisen Sie zuerst eine Testperson zu. Weisen Sie jede Gruppe selbst zu: Personen aus verschachtelten Gruppen werden nicht gesendet.',
          ),
        },
        {
          text: say(
            'Open [[Provisioning]] → [[Overview]] → [[Properties]] and leave [[Scope]] at [[Sync only assigned users and groups]].',
            'Öffnen Sie [[Bereitstellung|Provisioning]] → [[Übersicht|Overview]] → [[Eigenschaften|Properties]] und lassen Sie den [[Bereich|Scope]] auf [[Nur zugewiesene Benutzer und Gruppen synchronisieren|Sync only assigned users and groups]].',
          ),
        },
      ],
    },
    {
      title: say('Guard against accidents', 'Vor Versehen schützen'),
      leavesNoTrace: true,
      steps: [
        {
          text: say(
            'On [[Properties]] press the pencil and tick [[Send an email notification when a failure occurs]], with your address.',
            'Drücken Sie unter [[Eigenschaften|Properties]] auf den Stift und aktivieren Sie [[E-Mail-Benachrichtigung senden, wenn ein Fehler auftritt|Send an email notification when a failure occurs]] mit Ihrer Adresse.',
          ),
        },
        {
          text: say(
            'Tick [[Accidental deletions prevention]] and enter how many people may leave at once.',
            'Aktivieren Sie den [[Schutz vor versehentlichem Löschen|Accidental deletions prevention]] und geben Sie ein, wie viele Personen auf einmal ausscheiden dürfen.',
          ),
        },
        { text: say('Press [[Apply]].', 'Drücken Sie [[Anwenden|Apply]].') },
      ],
    },
    {
      title: say('Try one person', 'Mit einer Person ausprobieren'),
      signal: 'user',
      steps: [
        {
          text: say(
            'Open [[Provision on-demand]] on the left, search for the test person and press [[Provision]].',
            'Öffnen Sie links [[Bei Bedarf bereitstellen|Provision on-demand]], suchen Sie die Testperson und drücken Sie [[Bereitstellen|Provision]].',
          ),
        },
        {
          text: say(
            'Look at the person here under Synchronize, before you send everyone.',
            'Sehen Sie sich die Person hier unter „Synchronisieren“ an, bevor Sie alle senden.',
          ),
        },
      ],
    },
    {
      title: say('Start', 'Starten'),
      signal: 'group',
      steps: [
        {
          text: say(
            'Open [[Overview]] and press [[Start provisioning]].',
            'Öffnen Sie die [[Übersicht|Overview]] und drücken Sie [[Bereitstellung starten|Start provisioning]].',
          ),
        },
        {
          text: say(
            'Wait for the first cycle: it may take up to an hour to begin. Later cycles come about every 40 minutes.',
            'Warten Sie auf den ersten Zyklus: Bis er beginnt, kann eine Stunde vergehen. Spätere Zyklen folgen etwa alle 40 Minuten.',
          ),
        },
      ],
    },
  ],
};
