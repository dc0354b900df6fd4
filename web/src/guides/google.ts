import { type Guide, say } from './guide.ts';

/**
 * Google provisions apps of its catalog only, and takes no other: https://support.google.com/a/answer/7681608,
 * https://www.zluri.com/eye-on-identity/google-workspace-scim-provisioning-limitations
 */
export const googleGuide: Guide = {
  note: say(
    'Google Workspace sends people only to apps of its own catalog. An app that you add yourself gets no provisioning there, so Google Workspace cannot be connected here directly. What does work:',
    'Google Workspace sendet Personen nur an Apps aus seinem eigenen Katalog. Für eine App, die Sie selbst hinzufügen, gibt es dort keine Bereitstellung; deshalb lässt sich Google Workspace hier nicht direkt anbinden. Was geht:',
  ),
  phases: [
    {
      title: say(
        'Use an identity provider that reads Google',
        'Einen Identitätsanbieter dazwischenschalten, der Google liest',
      ),
      signal: 'user',
      steps: [
        {
          text: say(
            'Connect Google Workspace as a directory to Okta, JumpCloud or OneLogin.',
            'Binden Sie Google Workspace als Verzeichnis an Okta, JumpCloud oder OneLogin an.',
          ),
        },
        {
          text: say(
            'Then follow the guide for that identity provider here: it sends the people from Google.',
            'Folgen Sie dann hier der Einrichtung dieses Identitätsanbieters: Er sendet die Personen aus Google.',
          ),
        },
      ],
    },
    {
      title: say('Or send a file', 'Oder eine Datei verwenden'),
      steps: [
        {
          text: say(
            'Export the users in the Google Admin console: [[Directory]] → [[Users]] → [[Download users]].',
            'Exportieren Sie die Nutzer in der Admin-Konsole von Google: [[Verzeichnis|Directory]] → [[Nutzer|Users]] → [[Nutzer herunterladen|Download users]].',
          ),
          link: 'https://admin.google.com',
        },
        {
          text: say(
            'Import them here under Members → Import CSV. People who leave must then be deactivated manually.',
            'Importieren Sie sie hier unter „Mitglieder“ → „CSV importieren“. Wer ausscheidet, muss dann manuell deaktiviert werden.',
          ),
        },
      ],
    },
  ],
};
