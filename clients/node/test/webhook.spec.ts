import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookRefused } from '../src/webhook.ts';

const secret = `whsec_${Buffer.from('a secret of some length, 32 bytes').toString('base64')}`;
const other = `whsec_${Buffer.from('another secret, of the same length').toString('base64')}`;
const body = JSON.stringify({
  id: 'evt_1',
  type: 'member.deactivated',
  subject: { kind: 'member' },
  data: { note: 'ä ✓' },
});

function signed({ by = [secret], ageSeconds = 0, content = body } = {}): Record<string, string> {
  const at = new Date(Date.now() - ageSeconds * 1000);
  return {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': by.map((each) => new Webhook(each).sign('evt_1', at, content)).join(' '),
  };
}

it('gives the event of a delivery that is signed with the secret, whichever way headers and body come', () => {
  const event = expect.objectContaining({ id: 'evt_1', data: { note: 'ä ✓' } });
  expect(verifyWebhook({ secret, headers: signed(), body })).toEqual(event);
  expect(verifyWebhook({ secret, headers: new Headers(signed()), body: Buffer.from(body) })).toEqual(event);
  const shouted = Object.fromEntries(
    Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), value]),
  );
  expect(verifyWebhook({ secret, headers: shouted, body })).toEqual(event);
});

it('knows both secrets while a rotation overlaps, on either side', () => {
  expect(verifyWebhook({ secret: [other, secret], headers: signed(), body }).id).toBe('evt_1');
  expect(verifyWebhook({ secret, headers: signed({ by: [other, secret] }), body }).id).toBe('evt_1');
});

it('refuses another secret, a repetition of an old delivery, and missing headers', () => {
  const refused = (given: Parameters<typeof verifyWebhook>[0]) =>
    expect(() => verifyWebhook(given)).toThrow(WebhookRefused);
  refused({ secret: other, headers: signed(), body });
  refused({ secret, headers: signed({ ageSeconds: 301 }), body });
  refused({ secret, headers: signed({ ageSeconds: -301 }), body });
  refused({ secret, headers: signed({ ageSeconds: 61 }), body, toleranceSeconds: 60 });
  refused({ secret, headers: { ...signed(), 'webhook-id': 'evt_2' }, body });
  refused({ secret, headers: { ...signed(), 'webhook-timestamp': 'now' }, body });
  for (const name of Object.keys(signed()))
    refused({ secret, headers: { ...signed(), [name]: undefined }, body });
  refused({ secret, headers: signed({ content: 'hello' }), body: 'hello' });
  refused({ secret, headers: signed({ content: '[1]' }), body: '[1]' });
  expect(
    verifyWebhook({ secret, headers: signed({ ageSeconds: 900 }), body, toleranceSeconds: 1000 }).id,
  ).toBe('evt_1');
});

it('refuses a body of which anything was changed', () => {
  const headers = signed();
  fc.assert(
    fc.property(fc.nat({ max: body.length - 1 }), fc.string({ minLength: 1, maxLength: 1 }), (at, char) => {
      fc.pre(body[at] !== char);
      const changed = body.slice(0, at) + char + body.slice(at + 1);
      expect(() => verifyWebhook({ secret, headers, body: changed })).toThrow(WebhookRefused);
    }),
  );
});
