import { type Guide, say } from './guide.ts';
import { lookFirst, pasteToken, pasteUrl } from './shared-steps.ts';

/** https://jumpcloud.com/support/scim-directory-insights and “Export users to this app” */
export const jumpCloudGuide: Guide = {
  form: {
    title: say('Identity Management', 'Identity Management'),
    url: say('Base URL', 'Base URL'),
    token: say('Token Key', 'Token Key'),
    test: say('Test Connection', 'Test Connection'),
  },
  phases: [
    {
      title: say('Add the app', 'App hinzufügen'),
      steps: [
        {
          text: say(
            'Open [[SSO Applications]] → [[+ Add New Application]] → [[Custom Application]] in the JumpCloud Admin Portal.',
            'Öffnen Sie im JumpCloud Admin Portal [[SSO Applications]] → [[+ Add New Application]] → [[Custom Application]].',
          ),
          link: 'https://console.jumpcloud.com',
        },
        {
          text: say(
            'Tick [[Export users to this app (Identity Management)]] and press [[Next]].',
            'Aktivieren Sie [[Export users to this app (Identity Management)]] und drücken Sie [[Next]].',
          ),
        },
        {
          text: say(
            'Name it “{{product}}”, press [[Save Application]] and [[Configure Application]].',
            'Nennen Sie die App „{{product}}“, drücken Sie [[Save Application]] und [[Configure Application]].',
          ),
        },
      ],
    },
    {
      title: say('Connect: URL, token, Test Connection', 'Verbinden: URL, Token, Test Connection'),
      signal: 'contact',
      drawing: 'credentials',
      steps: [
        {
          text: say(
            'Open [[Identity Management]] and choose [[SCIM 2.0]].',
            'Öffnen Sie [[Identity Management]] und wählen Sie [[SCIM 2.0]].',
          ),
        },
        { text: pasteUrl, copy: { label: say('Base URL', 'Base URL'), value: 'tenantUrl' } },
        { text: pasteToken, token: { label: say('Token Key', 'Token Key'), form: 'plain' } },
        {
          text: say(
            'As [[Test User Email]], enter an address that no one here has: JumpCloud creates a person with it and deletes that person again.',
            'Geben Sie als [[Test User Email]] eine Adresse ein, die hier niemand hat: JumpCloud legt damit eine Person an und löscht sie wieder.',
          ),
        },
        {
          text: say(
            'Press [[Test Connection]], then [[Activate]].',
            'Drücken Sie [[Test Connection]], dann [[Activate]].',
          ),
        },
      ],
      failed: [
        say(
          'Does the test address already belong to someone here? Then JumpCloud cannot create the test person.',
          'Gehört die Testadresse schon jemandem hier? Dann kann JumpCloud die Testperson nicht anlegen.',
        ),
      ],
    },
    {
      title: say('Enable groups', 'Gruppen einschalten'),
      steps: [
        {
          text: say(
            'Tick [[Enable management of User Groups and Group Membership in this application]] if groups should appear here, then [[Save]].',
            'Aktivieren Sie [[Enable management of User Groups and Group Membership in this application]], wenn Gruppen hier erscheinen sollen, dann [[Save]].',
          ),
        },
      ],
    },
    {
      title: say('Assign user groups', 'Benutzergruppen zuweisen'),
      signal: 'user',
      steps: [
        {
          text: say(
            'Open [[User Groups]], tick the groups whose people should be sent, and press [[Save]].',
            'Öffnen Sie [[User Groups]], haken Sie die Gruppen an, deren Personen gesendet werden sollen, und drücken Sie [[Save]].',
          ),
        },
        { text: lookFirst },
      ],
    },
  ],
};
