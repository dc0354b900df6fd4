import { BadInputError } from '../../errors/domain-errors.ts';
import { checkUrl, type UrlProblem } from '../../http/validation/checked-url.ts';

export const webhookUrlLengthMaxChars = 2_000;

/** What is said of a URL that events cannot be sent to. */
const problems: Readonly<Record<UrlProblem, string>> = {
  'not-a-url': 'must be a URL such as https://product.example/events',
  'other-scheme': 'must begin with https://',
  credentials: 'must hold no user name and no password: every event is signed instead',
  fragment: 'must have no fragment: what follows # is never sent',
  'not-https': 'must begin with https://; WEBHOOK_ALLOW_PRIVATE=on would allow http://',
  'private-address': 'must lead to a public address; WEBHOOK_ALLOW_PRIVATE=on would allow others',
};

/**
 * Reads the URL of a webhook, see `checkUrl`.
 *
 * @param allowPrivate `WEBHOOK_ALLOW_PRIVATE`
 * @returns the URL in its normal form
 * @throws BadInputError at `url`, saying what is wrong
 */
export function readWebhookUrl(text: string, allowPrivate: boolean): string {
  const checked = checkUrl(text, allowPrivate);
  if ('problem' in checked)
    throw new BadInputError([{ path: 'url', message: `url ${problems[checked.problem]}` }]);
  return checked.url.href;
}
