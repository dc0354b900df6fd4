import { type Guide, type Phase, say } from './guide.ts';

const toApp: Phase = {
  title: say('Switch the features on', 'Funktionen einschalten'),
  leavesNoTrace: true,
  drawing: 'features',
  steps: [
    {
      text: say(
        'Open [[Provisioning]] → [[To App]] → [[Edit]].',
        'Öffnen Sie [[Provisioning]] → [[To App]] → [[Edit]].',
      ),
    },
    {
      text: say(
        'Enable [[Create Users]], [[Update User Attributes]] and [[Deactivate Users]]. Without the last one, people who leave keep access.',
        'Aktivieren Sie [[Create Users]], [[Update User Attributes]] und [[Deactivate Users]]. Ohne die letzte Option behält den Zugang, wer ausscheidet.',
      ),
    },
    { text: say('Press [[Save]].', 'Drücken Sie [[Save]].') },
  ],
};

const people: Phase = {
  title: say('Assign people', 'Personen zuweisen'),
  signal: 'user',
  steps: [
    {
      text: say(
        'Open [[Assignments]] → [[Assign]] → [[Assign to People]], and assign one test person. People are sent at once.',
        'Öffnen Sie [[Assignments]] → [[Assign]] → [[Assign to People]] und weisen Sie eine Testperson zu. Personen werden sofort gesendet.',
      ),
    },
    {
      text: say(
        'Look at the person here under Synchronize, then assign the others by [[Assign to Groups]].',
        'Sehen Sie sich die Person hier unter „Synchronisieren“ an und weisen Sie dann die anderen über [[Assign to Groups]] zu.',
      ),
    },
  ],
};

const groups: Phase = {
  title: say('Push groups', 'Gruppen senden'),
  signal: 'group',
  steps: [
    {
      text: say(
        'Open [[Push Groups]] → [[+ Push Groups]] and choose the groups that should appear here.',
        'Öffnen Sie [[Push Groups]] → [[+ Push Groups]] und wählen Sie die Gruppen, die hier erscheinen sollen.',
      ),
    },
    {
      text: say(
        'Do not push a group that you assign people by: Okta may send it before its people.',
        'Senden Sie keine Gruppe, über die Sie Personen zuweisen: Okta sendet sie womöglich vor ihren Personen.',
      ),
    },
  ],
};

const failed = [
  say(
    'Okta says “No results for users returned” although the token is right? It wants at least one person here: assign one, save without the test, and test again.',
    'Okta meldet „No results for users returned“, obwohl das Token stimmt? Es erwartet hier mindestens eine Person: Weisen Sie eine zu, speichern Sie ohne Test und testen Sie erneut.',
  ),
  say(
    'Does the URL contain an underscore? Okta refuses such addresses.',
    'Enthält die URL einen Unterstrich? Solche Adressen lehnt Okta ab.',
  ),
];

const adminConsole = 'https://login.okta.com';

/** https://developer.okta.com/docs/guides/scim-provisioning-integration-connect/main/ */
export const oktaGuides: readonly Guide[] = [
  {
    name: say('SCIM 2.0 Test App (Header Auth)', 'SCIM 2.0 Test App (Header Auth)'),
    note: say(
      'The quickest way: an app from the catalog, for provisioning only.',
      'Der schnellste Weg: eine App aus dem Katalog, nur für die Bereitstellung.',
    ),
    form: {
      title: say('Integration', 'Integration'),
      url: say('Base URL', 'Base URL'),
      token: say('API Token', 'API Token'),
      test: say('Test API Credentials', 'Test API Credentials'),
      tokenPrefix: 'Bearer ',
    },
    phases: [
      {
        title: say('Add the app', 'App hinzufügen'),
        steps: [
          {
            text: say('Open the Okta Admin Console.', 'Öffnen Sie die Okta Admin Console.'),
            link: adminConsole,
          },
          {
            text: say(
              'Open [[Applications]] → [[Browse App Catalog]] and search “SCIM 2.0 Test App (Header Auth)”.',
              'Öffnen Sie [[Applications]] → [[Browse App Catalog]] und suchen Sie „SCIM 2.0 Test App (Header Auth)“.',
            ),
          },
          {
            text: say(
              'Press [[Add Integration]], name it “{{product}}”, press [[Next]] and [[Done]].',
              'Drücken Sie [[Add Integration]], nennen Sie die App „{{product}}“, drücken Sie [[Next]] und [[Done]].',
            ),
          },
        ],
      },
      {
        title: say(
          'Connect: URL, token, Test API Credentials',
          'Verbinden: URL, Token, Test API Credentials',
        ),
        signal: 'contact',
        drawing: 'credentials',
        steps: [
          {
            text: say(
              'Open [[Provisioning]] → [[Configure API Integration]] and tick [[Enable API integration]].',
              'Öffnen Sie [[Provisioning]] → [[Configure API Integration]] und aktivieren Sie [[Enable API integration]].',
            ),
          },
          {
            text: say('Paste the address.', 'Fügen Sie die Adresse ein.'),
            copy: { label: say('Base URL', 'Base URL'), value: 'tenantUrl' },
          },
          {
            text: say(
              'Paste the token with the word Bearer and a space in front of it: this app sends the field as it is.',
              'Fügen Sie das Token mit dem Wort Bearer und einem Leerzeichen davor ein: Diese App sendet das Feld, wie es ist.',
            ),
            token: { label: say('API Token', 'API Token'), form: 'bearer' },
          },
          {
            text: say(
              'Press [[Test API Credentials]], then [[Save]].',
              'Drücken Sie [[Test API Credentials]], dann [[Save]].',
            ),
          },
        ],
        failed,
      },
      toApp,
      people,
      groups,
    ],
  },
  {
    name: say('Own app integration', 'Eigene App-Integration'),
    note: say(
      'For an app that people already sign in to by SAML or SWA: provisioning is added to it.',
      'Für eine App, bei der man sich bereits über SAML oder SWA anmeldet: Die Bereitstellung kommt hinzu.',
    ),
    form: {
      title: say('SCIM Connection', 'SCIM Connection'),
      url: say('SCIM connector base URL', 'SCIM connector base URL'),
      token: say('HTTP Header – Authorization', 'HTTP Header – Authorization'),
      test: say('Test Connector Configuration', 'Test Connector Configuration'),
      tokenPrefix: 'Bearer │ ',
    },
    phases: [
      {
        title: say('Enable SCIM for the app', 'SCIM für die App einschalten'),
        steps: [
          {
            text: say('Open the Okta Admin Console.', 'Öffnen Sie die Okta Admin Console.'),
            link: adminConsole,
          },
          {
            text: say(
              'Open your app under [[Applications]] (or make one: [[Create App Integration]] → SAML 2.0).',
              'Öffnen Sie Ihre App unter [[Applications]] (oder legen Sie eine an: [[Create App Integration]] → SAML 2.0).',
            ),
          },
          {
            text: say(
              'Open [[General]] → [[App Settings]] → [[Edit]], choose [[SCIM]] for Provisioning, press [[Save]].',
              'Öffnen Sie [[General]] → [[App Settings]] → [[Edit]], wählen Sie für Provisioning [[SCIM]], drücken Sie [[Save]].',
            ),
          },
        ],
      },
      {
        title: say(
          'Connect: URL, token, Test Connector Configuration',
          'Verbinden: URL, Token, Test Connector Configuration',
        ),
        signal: 'contact',
        drawing: 'credentials',
        steps: [
          {
            text: say(
              'Open [[Provisioning]] → [[Integration]] → [[Edit]].',
              'Öffnen Sie [[Provisioning]] → [[Integration]] → [[Edit]].',
            ),
          },
          {
            text: say('Paste the address.', 'Fügen Sie die Adresse ein.'),
            copy: { label: say('SCIM connector base URL', 'SCIM connector base URL'), value: 'tenantUrl' },
          },
          {
            text: say(
              'Enter what people are recognized by.',
              'Geben Sie ein, woran Personen erkannt werden.',
            ),
            copy: {
              label: say('Unique identifier field for users', 'Unique identifier field for users'),
              value: 'userName',
            },
          },
          {
            text: say(
              'Tick under [[Supported provisioning actions]]: [[Push New Users]], [[Push Profile Updates]], [[Push Groups]].',
              'Aktivieren Sie unter [[Supported provisioning actions]]: [[Push New Users]], [[Push Profile Updates]], [[Push Groups]].',
            ),
          },
          {
            text: say(
              'Set [[Authentication Mode]] to [[HTTP Header]].',
              'Stellen Sie [[Authentication Mode]] auf [[HTTP Header]].',
            ),
          },
          {
            text: say(
              'Paste the token alone: Okta adds Bearer automatically.',
              'Fügen Sie nur das Token ein: Okta ergänzt Bearer automatisch.',
            ),
            token: { label: say('Authorization', 'Authorization'), form: 'plain' },
          },
          {
            text: say(
              'Press [[Test Connector Configuration]], then [[Save]].',
              'Drücken Sie [[Test Connector Configuration]], dann [[Save]].',
            ),
          },
        ],
        failed,
      },
      toApp,
      people,
      groups,
    ],
  },
];
