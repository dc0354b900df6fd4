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
        'Put an identity provider between that reads Google',
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
            'Then follow the guide of that one here: it sends the people of Google.',
            'Folgen Sie dann hier dessen Einrichtung: Er sendet die Personen aus Google.',
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
            'Import them here under Members → Import. Leavers must then be deactivated by hand.',
            'Importieren Sie sie hier unter „Mitglieder“ → „Importieren“. Wer ausscheidet, muss dann von Hand deaktiviert werden.',
          ),
        },
      ],
    },
  ],
};
