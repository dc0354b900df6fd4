import { type Guide, say } from './guide.ts';
import { lookFirst, pasteToken, pasteUrl } from './shared-steps.ts';

/**
 * Provisioning and roles: https://developers.onelogin.com/scim/test-your-scim and
 * https://onelogin.service-now.com/kb_view_customer.do?sysparm_article=KB0010298. The app with its template, and where its
 * fields are:
 * https://doc.keepnetlabs.com/next-generation-product/platform/company/company-settings/scim-settings/onelogin-scim-integration,
 * https://www.livingsecurity.com/migration/support/configuring-scim-for-onelogin (with the parameters) and
 * https://help.pigeonholelive.com/hc/en-us/articles/217588238-Setting-up-SCIM-on-OneLogin (Enable, then Save).
 */
export const oneLoginGuide: Guide = {
  form: {
    title: say('API Connection', 'API Connection'),
    url: say('SCIM Base URL', 'SCIM Base URL'),
    token: say('SCIM Bearer Token', 'SCIM Bearer Token'),
    test: say('Enable', 'Enable'),
  },
  phases: [
    {
      title: say('Add the app', 'App hinzufügen'),
      steps: [
        {
          text: say(
            'Open [[Applications]] → [[Applications]] → [[Add App]] in the OneLogin administration.',
            'Öffnen Sie in der Verwaltung von OneLogin [[Applications]] → [[Applications]] → [[Add App]].',
          ),
        },
        {
          text: say(
            'Choose [[SCIM Provisioner with SAML (SCIM v2 Enterprise)]]: it sends department and manager, too.',
            'Wählen Sie [[SCIM Provisioner with SAML (SCIM v2 Enterprise)]]: Es sendet auch Abteilung und Führungskraft.',
          ),
        },
        {
          text: say(
            'Name it “{{product}}” and press [[Save]].',
            'Nennen Sie die App „{{product}}“ und drücken Sie [[Save]].',
          ),
        },
      ],
    },
    {
      title: say('Connect: URL and token', 'Verbinden: URL und Token'),
      signal: 'contact',
      drawing: 'credentials',
      steps: [
        { text: say('Open [[Configuration]].', 'Öffnen Sie [[Configuration]].') },
        { text: pasteUrl, copy: { label: say('SCIM Base URL', 'SCIM Base URL'), value: 'tenantUrl' } },
        { text: pasteToken, token: { label: say('SCIM Bearer Token', 'SCIM Bearer Token'), form: 'plain' } },
        {
          text: say(
            'Check that the [[SCIM JSON Template]] contains the line for active; without it, people who leave keep access.',
            'Prüfen Sie, dass das [[SCIM JSON Template]] die Zeile für active enthält; ohne sie behält den Zugang, wer ausscheidet.',
          ),
          copy: { label: say('Line of active', 'Zeile von active'), value: '"active": "{$user.active}",' },
        },
        {
          text: say(
            'Press [[Enable]] under API Connection, then [[Save]].',
            'Drücken Sie unter API Connection [[Enable]], dann [[Save]].',
          ),
        },
      ],
    },
    {
      title: say('Say what people are called', 'Festlegen, wie Personen heißen'),
      steps: [
        {
          text: say(
            'Open [[Parameters]] and set [[scimusername]] to Email: it becomes the user name here.',
            'Öffnen Sie [[Parameters]] und stellen Sie [[scimusername]] auf Email: Das wird hier der Benutzername.',
          ),
        },
      ],
    },
    {
      title: say('Enable provisioning', 'Bereitstellung einschalten'),
      steps: [
        {
          text: say(
            'Open [[Provisioning]] and tick [[Enable provisioning]].',
            'Öffnen Sie [[Provisioning]] und aktivieren Sie [[Enable provisioning]].',
          ),
        },
        {
          text: say(
            'Untick [[Create user]], [[Delete user]] and [[Update user]] under [[Require admin approval before this action]], unless someone should approve each one.',
            'Wählen Sie unter [[Require admin approval before this action]] [[Create user]], [[Delete user]] und [[Update user]] ab, sofern nicht jemand jede Änderung einzeln freigeben soll.',
          ),
        },
        {
          text: say(
            'Choose [[Suspend]] under [[When users are deleted in OneLogin…]], then [[Save]].',
            'Wählen Sie unter [[When users are deleted in OneLogin…]] [[Suspend]], dann [[Save]].',
          ),
        },
      ],
    },
    {
      title: say('Assign people', 'Personen zuweisen'),
      signal: 'user',
      steps: [
        {
          text: say(
            'Open [[Access]], tick the roles whose people should be sent, and press [[Save]].',
            'Öffnen Sie [[Access]], haken Sie die Rollen an, deren Personen gesendet werden sollen, und drücken Sie [[Save]].',
          ),
        },
        { text: lookFirst },
      ],
    },
  ],
};
