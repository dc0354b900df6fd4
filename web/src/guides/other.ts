import { type Guide, say } from './guide.ts';
import { lookFirst, pasteToken, pasteUrl } from './shared-steps.ts';

/** For any one that speaks SCIM 2.0. */
export const otherGuide: Guide = {
  form: {
    title: say('SCIM 2.0', 'SCIM 2.0'),
    url: say('SCIM URL', 'SCIM-URL'),
    token: say('Bearer token', 'Bearer-Token'),
    test: say('Test', 'Testen'),
  },
  note: say(
    'Your identity provider must speak SCIM 2.0 with a bearer token.',
    'Ihr Identitätsanbieter muss SCIM 2.0 mit einem Bearer-Token sprechen.',
  ),
  phases: [
    {
      title: say('Connect: URL and token', 'Verbinden: URL und Token'),
      signal: 'contact',
      drawing: 'credentials',
      steps: [
        { text: pasteUrl, copy: { label: say('SCIM URL', 'SCIM-URL'), value: 'tenantUrl' } },
        { text: pasteToken, token: { label: say('Bearer token', 'Bearer-Token'), form: 'plain' } },
        { text: say('Test the connection.', 'Testen Sie die Verbindung.') },
      ],
      failed: [
        say(
          'Does the address end in /scim/v2, with nothing behind it?',
          'Endet die Adresse auf /scim/v2, ohne etwas dahinter?',
        ),
      ],
    },
    {
      title: say('Choose what identifies people', 'Festlegen, woran Personen erkannt werden'),
      signal: 'externalId',
      steps: [
        {
          text: say(
            'Send an id that never changes as externalId: an object id, not a name or an address.',
            'Senden Sie als externalId eine ID, die sich nie ändert: eine Objekt-ID, keinen Namen und keine Adresse.',
          ),
        },
        {
          text: say('Send the sign-in name.', 'Senden Sie den Anmeldenamen.'),
          copy: { label: say('Unique identifier', 'Eindeutige Kennung'), value: 'userName' },
        },
        {
          text: say(
            'Send active, so that people who leave lose access.',
            'Senden Sie active, damit den Zugang verliert, wer ausscheidet.',
          ),
        },
      ],
    },
    {
      title: say('Assign people and groups', 'Personen und Gruppen zuweisen'),
      signal: 'user',
      steps: [
        {
          text: say(
            'Assign one test person to {{product}} and start provisioning.',
            'Weisen Sie {{product}} eine Testperson zu und starten Sie die Bereitstellung.',
          ),
        },
        { text: lookFirst },
      ],
    },
  ],
};
