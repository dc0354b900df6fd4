import { type Guide, say } from './guide.ts';
import { lookFirst, pasteToken, pasteUrl } from './shared-steps.ts';

/** https://onelogin.service-now.com/support: “SCIM Provisioner with SAML (SCIM v2 Enterprise)” */
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
            'Wählen Sie [[SCIM Provisioner with SAML (SCIM v2 Enterprise)]]: Es sendet auch Abteilung und Vorgesetzte.',
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
      failed: [
        say(
          'Save before you press Enable: OneLogin tests with what was saved last.',
          'Speichern Sie, bevor Sie Enable drücken: OneLogin testet mit dem, was zuletzt gespeichert wurde.',
        ),
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
            'Untick [[Create user]], [[Delete user]] and [[Update user]] under the approvals, unless someone should approve each one.',
            'Wählen Sie bei den Freigaben [[Create user]], [[Delete user]] und [[Update user]] ab, sofern nicht jemand jede Änderung einzeln freigeben soll.',
          ),
        },
        {
          text: say(
            'Choose [[Suspend]] for when users are deleted in OneLogin, then [[Save]].',
            'Wählen Sie [[Suspend]] für den Fall, dass Personen in OneLogin gelöscht werden, dann [[Save]].',
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
            'Open [[Access]] and tick the roles whose people should be sent.',
            'Öffnen Sie [[Access]] und haken Sie die Rollen an, deren Personen gesendet werden sollen.',
          ),
        },
        { text: lookFirst },
      ],
    },
  ],
};
