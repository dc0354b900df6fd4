import { type Guide, say } from './guide.ts';
import { lookFirst, pasteToken, pasteUrl } from './shared-steps.ts';

/**
 *
 * https://jumpcloud.com/support/provision-and-manage-users-and-groups-in-apps-using-custom-scim-identity-management-integration
 * (test user and test group, groups), https://docs.byo.propelauth.com/scim/example-setup-guides/jumpcloud (clicks and their
 * order), https://help.kisi.io/marketplace/identity_management/scim/jumpcloud (groups before the test),
 * https://boxyhq.com/docs/directory-sync/providers/jumpcloud (SCIM version, user groups)
 */
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
            'As [[Test User Email]], enter an address that no one here has: JumpCloud creates a person and a group for the test and deletes both again.',
            'Geben Sie als [[Test User Email]] eine Adresse ein, die hier niemand hat: JumpCloud legt für den Test eine Person und eine Gruppe an und löscht beide wieder.',
          ),
        },
        {
          text: say(
            'Tick [[Enable management of User Groups and Group Membership in this application]] if groups should appear here.',
            'Aktivieren Sie [[Enable management of User Groups and Group Membership in this application]], wenn Gruppen hier erscheinen sollen.',
          ),
        },
        {
          text: say(
            'Press [[Test Connection]], then [[Activate]] and [[Save]].',
            'Drücken Sie [[Test Connection]], dann [[Activate]] und [[Save]].',
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
