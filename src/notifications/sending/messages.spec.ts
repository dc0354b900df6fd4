import { describe, expect, it } from '@jest/globals';
import { languages } from '../../errors/sentence.ts';
import { causeKinds, type MessageKind } from '../causes/cause.ts';
import { onOneLine, type RawMessage, wordMessage } from '../wording/message.ts';
import { postedBody } from './chat-bodies.ts';
import { composeMail } from './mail.ts';
import { UnsubscribeTokens } from './unsubscribe-token.ts';

const kinds: MessageKind[] = [...causeKinds, 'test'];
const params = {
  count: 2,
  access: 'suspend',
  runId: '0190aaaa-0000-7000-8000-000000000003',
  since: '2026-11-24T09:00:00.000Z',
  status: 409,
  name: 'Entra token',
  days: 7,
  hours: 3,
  joined: 3,
  changed: 0,
  left: 1,
  failed: 0,
  refused: 12,
  held: 1,
  conflicts: 0,
};

function messageOf(kind: MessageKind, more: Partial<RawMessage> = {}): RawMessage {
  const workspace = { id: 'w', name: 'Example AG', externalId: null, timeZone: 'Europe/Berlin' };
  return { id: 'n', kind, params, at: new Date(0), workspace, names: null, ...more };
}

const place = { publicUrl: 'https://product.example/up', product: 'Mooncamp' };

function mailOf(raw: RawMessage, language: 'en' | 'de' = 'en', product = 'Mooncamp') {
  return composeMail({
    raw,
    worded: wordMessage(raw, language, { ...place, product }),
    deliveryId: '0190aaaa-0000-7000-8000-000000000009',
    to: 'ada@example.com',
    from: { name: null, address: 'noreply@product.example' },
    product,
    language,
    unsubscribeUrl: 'https://product.example/up/settings/unsubscribe/abc',
  });
}

describe('a message', () => {
  it.each(kinds.flatMap((kind) => languages.map((language) => [kind, language] as const)))(
    '%s is whole in %s: every place is filled',
    (kind, language) => {
      for (const status of [409, null]) {
        const raw = messageOf(kind, { params: { ...params, status } });
        const { title, text, action } = wordMessage(raw, language, place);
        for (const said of [title, text, action]) {
          expect(said).not.toMatch(/[{}]|–|undefined|null|\s\s/);
          expect(said.trim()).not.toBe('');
        }
      }
    },
  );

  it('has the numbers of one and of many', () => {
    const title = (count: number) =>
      wordMessage(messageOf('removals_held', { params: { ...params, count } }), 'de', place).title;
    expect(title(1)).toBe('1 Deaktivierung wartet auf Ihre Freigabe');
    expect(title(12)).toBe('12 Deaktivierungen warten auf Ihre Freigabe');
  });

  it.each([
    ['removals_held', '/user-provisioning/synchronize?kind=held'],
    ['conflicts', '/user-provisioning/synchronize?kind=conflict'],
    ['run_failed', `/user-provisioning/runs/${params.runId}`],
    ['refusals', '/user-provisioning/log?outcome=error'],
    ['idp_silent', '/user-provisioning/log?outcome=error'],
    ['token_expiring', '/user-provisioning/tokens'],
    ['token_unused', '/user-provisioning/tokens'],
    ['first_contact', '/user-provisioning'],
    ['weekly_digest', '/user-provisioning'],
    ['test', '/user-provisioning/notifications'],
  ] as const)('%s leads to %s, below the public address', (kind, path) => {
    expect(wordMessage(messageOf(kind), 'en', place).url).toBe(`https://product.example/up/settings${path}`);
  });

  it('names people only when it may', () => {
    const names = { shown: ['Ada', 'Bob'], more: 3 };
    expect(wordMessage(messageOf('conflicts', { names }), 'en', place).names).toBe('Ada, Bob and 3 more');
    expect(wordMessage(messageOf('conflicts', { names }), 'de', place).names).toBe('Ada, Bob und 3 weitere');
    expect(wordMessage(messageOf('conflicts'), 'en', place).names).toBeNull();
  });

  it('says when, by the clock of the workspace', () => {
    const { text } = wordMessage(messageOf('idp_silent'), 'de', place);
    expect(text).toContain('24. November 2026 um 10:00');
  });

  it('keeps a name on one line and short', () => {
    expect(onOneLine('A\r\nBcc: b@example.com\u2028\u202eC\u0000 ')).toBe('A Bcc: b@example.com C');
    expect([...onOneLine('😀'.repeat(500))]).toHaveLength(120);
  });
});

const hostile = `<!channel> *b* <https://evil.example|here> [x](https://evil.example) <script>alert(1)</script> "&' {{DATE(x)}} \${y}`;
const hostileMessage = messageOf('conflicts', {
  workspace: { id: 'w', name: hostile, externalId: null, timeZone: 'UTC' },
  names: { shown: [hostile], more: 0 },
});

describe('a hostile name', () => {
  const body = (kind: 'slack' | 'teams' | 'webhook') =>
    postedBody(kind, hostileMessage, wordMessage(hostileMessage, 'en', place), { id: 'i', language: 'en' });

  it('is plain text to Slack', () => {
    const { text, mrkdwn, blocks } = JSON.parse(body('slack')) as {
      text: string;
      mrkdwn: boolean;
      blocks: { text?: { type: string } }[];
    };
    expect(text).not.toMatch(/[<>]/);
    expect(mrkdwn).toBe(false);
    const types = blocks.flatMap((block) => (block.text === undefined ? [] : [block.text.type]));
    expect(new Set(types)).toEqual(new Set(['plain_text']));
    expect(types).toHaveLength(3);
    expect(body('slack')).not.toContain('"mrkdwn":true');
  });

  it('is plain text to Teams', () => {
    const card = body('teams');
    expect(card).not.toContain('"TextBlock"');
    expect(card).not.toMatch(/\{\{DATE|\$\{/);
    const { attachments } = JSON.parse(card) as {
      attachments: { contentType: string; content: { body: { type: string }[]; actions: object[] } }[];
    };
    expect(attachments[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(attachments[0]?.content.body.map(({ type }) => type)).toEqual(Array(3).fill('RichTextBlock'));
    expect(attachments[0]?.content.actions).toMatchObject([
      { type: 'Action.OpenUrl', url: expect.stringContaining('kind=conflict') },
    ]);
  });

  it('is text in HTML', () => {
    const { html, subject } = mailOf(hostileMessage, 'en', `<b>"Product"</b>`);
    expect(html).not.toMatch(/<script|<b>|<!channel/);
    expect(html.match(/<a /g)).toHaveLength(3);
    expect(html.match(/<(?!\/|!doctype)/g)).toHaveLength(
      mailOf(messageOf('conflicts', { names: { shown: ['A'], more: 0 } })).html.match(/<(?!\/|!doctype)/g)
        ?.length ?? 0,
    );
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('a mail', () => {
  const mail = mailOf(messageOf('removals_held'));

  it('can be ended by one click, and is answered by no machine', () => {
    expect(mail.headers).toEqual({
      'Auto-Submitted': 'auto-generated',
      'List-Unsubscribe': '<https://product.example/up/settings/unsubscribe/abc>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('is the same mail in each attempt', () => {
    expect(mail.messageId).toBe('<0190aaaa-0000-7000-8000-000000000009@product.example>');
  });

  it('says the same in its two parts', () => {
    for (const part of [mail.text, mail.html.replaceAll('&#38;', '&')]) {
      expect(part).toContain('2 deactivations wait for your approval');
      expect(part).toContain('https://product.example/up/settings/user-provisioning/synchronize?kind=held');
      expect(part).toContain('https://product.example/up/settings/unsubscribe/abc');
    }
  });
});

describe('a link to unsubscribe', () => {
  const named = {
    workspaceId: '0190aaaa-0000-7000-8000-000000000001',
    channelId: '0190aaaa-0000-7000-8000-000000000002',
  };
  const tokens = new UnsubscribeTokens(['a-key-of-the-tests-0']);

  it('names one subscription where it was signed, also by a former key', () => {
    const token = tokens.sign(named);
    expect(tokens.read(token)).toEqual(named);
    expect(new UnsubscribeTokens(['another-key', 'a-key-of-the-tests-0']).read(token)).toEqual(named);
    expect(new UnsubscribeTokens(['another-key']).read(token)).toBeNull();
  });

  it('is of no use when anything in it is changed', () => {
    const token = tokens.sign(named);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens.read(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
    for (const text of ['', token.slice(1), `${token}A`, `${token}=`, '☃'])
      expect(tokens.read(text)).toBeNull();
  });
});
