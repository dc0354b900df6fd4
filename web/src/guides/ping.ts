import { type Guide, say } from './guide.ts';
import { lookFirst, pasteToken, pasteUrl } from './shared-steps.ts';

/**
 * Connection: https://docs.pingidentity.com/pingone/integrations/p1_create_scim_connection.html and
 * https://docs.pingidentity.com/pingone/pingone_tutorials/p1_tutorial_create_provisioning_connection.html (resources, test,
 * preferences). Rule: https://docs.pingidentity.com/r/en-us/pingone/p1_create_provisioning_rule and
 * https://docs.pingidentity.com/r/en-us/pingone/pingone_t_create_provisioning_rule (target, user filter, mapping, switch).
 */
export const pingGuide: Guide = {
  form: {
    title: say('SCIM Outbound', 'SCIM Outbound'),
    url: say('SCIM Base URL', 'SCIM Base URL'),
    token: say('OAuth Access Token', 'OAuth Access Token'),
    test: say('Test Connection', 'Test Connection'),
  },
  phases: [
    {
      title: say('Add the connection', 'Verbindung anlegen'),
      steps: [
        {
          text: say(
            'Open [[Integrations]] → [[Provisioning]] in PingOne, press [[+]] and [[New connection]].',
            'Öffnen Sie in PingOne [[Integrations]] → [[Provisioning]], drücken Sie [[+]] und [[New connection]].',
          ),
          link: 'https://console.pingone.com',
        },
        {
          text: say(
            'Choose [[Select]] in the row [[Identity Store]], then [[SCIM Outbound]], [[Select]] and [[Next]].',
            'Wählen Sie in der Zeile [[Identity Store]] [[Select]], dann [[SCIM Outbound]], [[Select]] und [[Next]].',
          ),
        },
        {
          text: say(
            'Name it “{{product}}” and press [[Next]].',
            'Nennen Sie sie „{{product}}“ und drücken Sie [[Next]].',
          ),
        },
      ],
    },
    {
      title: say('Connect: URL, token, Test Connection', 'Verbinden: URL, Token, Test Connection'),
      signal: 'contact',
      drawing: 'credentials',
      steps: [
        { text: pasteUrl, copy: { label: say('SCIM Base URL', 'SCIM Base URL'), value: 'tenantUrl' } },
        {
          text: say('Enter the path of people.', 'Geben Sie den Pfad der Personen ein.'),
          copy: { label: say('Users Resource', 'Users Resource'), value: '/Users' },
        },
        {
          text: say('Enter the path of groups.', 'Geben Sie den Pfad der Gruppen ein.'),
          copy: { label: say('Groups Resource', 'Groups Resource'), value: '/Groups' },
        },
        {
          text: say(
            'Set [[SCIM Version]] to 2.0 and [[Authentication Method]] to [[OAuth 2 Bearer Token]].',
            'Stellen Sie [[SCIM Version]] auf 2.0 und [[Authentication Method]] auf [[OAuth 2 Bearer Token]].',
          ),
        },
        {
          text: pasteToken,
          token: { label: say('OAuth Access Token', 'OAuth Access Token'), form: 'plain' },
        },
        {
          text: say(
            'Set [[Auth Type Header]] to [[Bearer]], press [[Test Connection]] and [[Next]].',
            'Stellen Sie [[Auth Type Header]] auf [[Bearer]], drücken Sie [[Test Connection]] und [[Next]].',
          ),
        },
      ],
      failed: [
        say(
          'Is Users Resource /Users and Groups Resource /Groups? The address above already ends in /scim/v2.',
          'Lautet Users Resource /Users und Groups Resource /Groups? Die Adresse oben endet bereits auf /scim/v2.',
        ),
      ],
    },
    {
      title: say('Say how people are found', 'Festlegen, wie Personen gefunden werden'),
      leavesNoTrace: true,
      steps: [
        {
          text: say('Choose the identifier.', 'Wählen Sie die Kennung.'),
          copy: { label: say('User Identifier', 'User Identifier'), value: 'userName' },
        },
        {
          text: say('Paste the expression.', 'Fügen Sie den Ausdruck ein.'),
          copy: { label: say('User Filter Expression', 'User Filter Expression'), value: 'username Eq "%s"' },
        },
        {
          text: say(
            'Choose [[Disable]] as action on deprovisioning, then [[Save]].',
            'Wählen Sie [[Disable]] als Aktion beim Deprovisioning, dann [[Save]].',
          ),
        },
      ],
    },
    {
      title: say('Add a rule', 'Regel hinzufügen'),
      steps: [
        {
          text: say(
            'Press [[+]] → [[New rule]] on the same page, name it and press [[Create rule]].',
            'Drücken Sie auf derselben Seite [[+]] → [[New rule]], vergeben Sie einen Namen und drücken Sie [[Create rule]].',
          ),
        },
        {
          text: say(
            'Choose this connection as [[Target]] under [[Configuration]], then [[Save]].',
            'Wählen Sie unter [[Configuration]] diese Verbindung als [[Target]], dann [[Save]].',
          ),
        },
        {
          text: say(
            'Press the pencil under [[User Filter]], say who is sent, such as a group, then [[Save]].',
            'Drücken Sie unter [[User Filter]] auf den Stift, legen Sie fest, wer gesendet wird, etwa eine Gruppe, dann [[Save]].',
          ),
        },
        {
          text: say(
            'Add to [[Attribute Mapping]]: User ID to externalId, so that people stay the same when they are renamed.',
            'Ergänzen Sie im [[Attribute Mapping]]: User ID zu externalId, damit Personen nach einer Umbenennung dieselben bleiben.',
          ),
        },
      ],
    },
    {
      title: say('Enable connection and rule', 'Verbindung und Regel einschalten'),
      signal: 'user',
      steps: [
        {
          text: say(
            'Switch the connection on, then the rule. PingOne begins to send people.',
            'Schalten Sie die Verbindung ein, dann die Regel. PingOne beginnt, Personen zu senden.',
          ),
        },
        { text: lookFirst },
      ],
    },
  ],
};
