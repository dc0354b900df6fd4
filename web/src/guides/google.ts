import { type Guide, say } from './guide.ts';

/** Google provisions apps of its catalog only: https://support.google.com/a/answer/7681608 */
export const googleGuide: Guide = {
  note: say(
    'Google Workspace sends people only to apps of its own catalog. It has no field for a SCIM address of your choice, so it cannot be connected here directly, and no click in the Google Admin console changes that. What does work:',
    'Google Workspace sendet Personen nur an Apps aus seinem eigenen Katalog. Ein Feld für eine SCIM-Adresse Ihrer Wahl gibt es nicht; deshalb lässt es sich hier nicht direkt anbinden, und kein Klick in der Admin-Konsole von Google ändert das. Was geht:',
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
            'Connect Google Workspace as a directory to Okta, JumpCloud, OneLogin or Microsoft Entra ID.',
            'Binden Sie Google Workspace als Verzeichnis an Okta, JumpCloud, OneLogin oder Microsoft Entra ID an.',
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
