import { BadInputError, wordedFault } from '../../errors/domain-errors.ts';
import type { Sentence } from '../../errors/sentence.ts';
import { checkUrl, type UrlProblem } from '../../http/validation/checked-url.ts';

export const channelUrlLengthMaxChars = 2_000;

type ChannelUrlProblem = UrlProblem | 'retired-connector';

/** What is said of an address that messages cannot be sent to. */
const problems: Readonly<Record<ChannelUrlProblem, Sentence>> = {
  'not-a-url': {
    en: 'must be a web address, such as https://hooks.slack.com/services/…',
    de: 'muss eine Webadresse sein, etwa https://hooks.slack.com/services/…',
  },
  'other-scheme': { en: 'must begin with https://', de: 'muss mit https:// beginnen' },
  credentials: {
    en: 'must hold no user name and no password',
    de: 'darf keinen Benutzernamen und kein Passwort enthalten',
  },
  fragment: { en: 'must hold no #', de: 'darf kein # enthalten' },
  'not-https': { en: 'must begin with https://', de: 'muss mit https:// beginnen' },
  'private-address': {
    en: 'must lead to a public address on the Internet',
    de: 'muss zu einer öffentlichen Adresse im Internet führen',
  },
  'retired-connector': {
    en: 'belongs to an Office 365 connector, and Microsoft has switched these off: create a workflow in Teams, “Send webhook alerts to a channel”, and enter its address',
    de: 'gehört zu einem Office-365-Connector, und diese hat Microsoft abgeschaltet: Erstellen Sie in Teams einen Workflow aus der Vorlage für Webhooks (Send webhook alerts to a channel), und geben Sie dessen Adresse an',
  },
};

const retiredHosts = /(?:^|\.)(?:webhook\.office\.com|outlook\.office(?:365)?\.com)$/i;

/**
 * Reads the address of a channel, see `checkUrl`.
 *
 * @param allowPrivate `CHANNEL_ALLOW_PRIVATE`
 * @throws BadInputError at `url`, saying what is wrong
 */
export function readChannelUrl(text: string, allowPrivate: boolean): URL {
  const checked = checkUrl(text, allowPrivate);
  if ('problem' in checked) throw refusal(checked.problem);
  if (retiredHosts.test(checked.url.hostname)) throw refusal('retired-connector');
  return checked.url;
}

function refusal(problem: ChannelUrlProblem): BadInputError {
  const code = `url-${problem}`;
  return new BadInputError([wordedFault('url', { code, sentence: problems[problem], params: {} })]);
}
