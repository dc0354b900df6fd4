import { say } from './guide.ts';

/** Steps that several guides share. */
export const pasteUrl = say('Paste the address.', 'Fügen Sie die Adresse ein.');
export const pasteToken = say('Paste the token, alone.', 'Fügen Sie das Token ein, ohne etwas davor.');
export const lookFirst = say(
  'Look at the first person here under Synchronize, before you send everyone.',
  'Sehen Sie sich die erste Person hier unter „Synchronisieren“ an, bevor Sie alle senden.',
);
