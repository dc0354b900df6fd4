import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NotificationSender } from '../../src/notifications/deliveries/notification-sender.service.ts';
import type { NotificationLooks } from '../../src/notifications/looks/looks.service.ts';
import type { Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { FakeClock, type Span } from '../harness/fake-clock.ts';
import { type Service, startService } from '../harness/service.ts';
import { eventually, synchronize, undone } from '../harness/synchronize.ts';
import { adminClient, givenWorkspace, signIn, type TestWorkspace } from '../harness/workspace.ts';
import { isSignedWith, useReceiver } from '../webhooks/receiver.ts';
import { Mailbox } from './mailbox.ts';

type Kind = Schema<'ChannelResponse'>['causes'][number];
type Message = Schema<'MessageResponse'>;

const publicUrl = 'https://provisioning.example/up';
const everything: Kind[] = [
  'removals_held',
  'run_failed',
  'conflicts',
  'refusals',
  'idp_silent',
  'token_expiring',
  'token_unused',
  'first_contact',
  'weekly_digest',
];
const newest = '?limit=200';

const mailbox = new Mailbox();
const receiver = useReceiver();
let config: Record<string, string>;
let service: Service;
let workspace: TestWorkspace;

beforeAll(async () => {
  await mailbox.listen();
  config = {
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'Mooncamp <no-reply@provisioning.example>',
    PUBLIC_URL: publicUrl,
    CHANNEL_ALLOW_PRIVATE: 'on',
    SECRETS_KEY: 'a-key-of-the-tests-for-secrets-0',
  };
  service = await startService({ config });
});

beforeEach(async () => {
  // What the test before has under way is not for this one.
  await eventually(async () => {
    const underWay = await service.dataSource.query<unknown[]>(
      'SELECT 1 FROM notification_delivery WHERE leased_until IS NOT NULL',
    );
    return underWay.length === 0 ? true : null;
  });
  // Time passes for the workspaces of other tests, too, and nobody there is to hear of it.
  await service.dataSource.query('DELETE FROM notification_channel');
  await service.dataSource.query('UPDATE notification_state SET next_look_at = NULL');
  mailbox.reset();
  workspace = await givenWorkspace(service);
});

afterAll(() => mailbox.close());

async function subscribe(
  causes: Kind[] = everything,
  language: 'en' | 'de' = 'en',
  { admin } = workspace,
): Promise<void> {
  await admin.patch('/api/notifications', { mine: { causes, language } }).expect(200);
}

async function addChannel(kind: 'slack' | 'teams' | 'webhook', causes: Kind[] = everything) {
  const { body } = await workspace.admin
    .post('/api/notifications/channels', {
      kind,
      name: '#it',
      url: `${receiver.url}/secret-path`,
      causes,
      language: 'en',
    })
    .expect(201);
  return body;
}

/** Has the workspace looked at now, and waits until that is done and what it made is sent or waits for its next attempt. */
async function looked(of: Service = service, { id } = workspace): Promise<void> {
  await service.dataSource.query(
    `UPDATE notification_state SET next_look_at = $2 WHERE workspace_id = $1 AND next_look_at IS NOT NULL`,
    [id, service.clock.now()],
  );
  await eventually(async () => {
    of.provider<NotificationLooks>('NotificationLooks').sweep();
    const [{ open }] = await service.dataSource.query<[{ open: boolean }]>(
      `SELECT EXISTS (SELECT FROM notification_state WHERE workspace_id = $1 AND next_look_at <= $2)
         OR EXISTS (SELECT FROM notification_delivery WHERE workspace_id = $1 AND state = 'pending'
           AND (leased_until IS NOT NULL OR next_attempt_at <= $2)) AS open`,
      [id, service.clock.now()],
    );
    return open ? null : true;
  });
}

/** Lets time pass, and what was to be sent by then be sent. A session may end meanwhile. */
async function pass(span: Span): Promise<void> {
  service.clock.advance(span);
  workspace = { ...workspace, admin: adminClient(service, await signIn(service, workspace.id)) };
  service.provider<NotificationSender>('NotificationSender').poke();
  await looked();
}

async function messages({ admin } = workspace): Promise<Message[]> {
  const { body } = await admin.get(`/api/notifications/deliveries${newest}`).expect(200);
  return body.items;
}

async function kinds(): Promise<string[]> {
  return (await messages()).map(({ kind }) => kind).reverse();
}

/** Who asks for the log makes the last contact known at once: where rows lie on several nodes, it waits up to 30 seconds. */
async function called(): Promise<void> {
  await workspace.scim.get('/Users').expect(200);
  await workspace.admin.get('/api/provisioning-log').expect(200);
  await eventually(async () => {
    const [row] = await service.dataSource.query<{ at: Date | null }[]>(
      'SELECT last_contact_at AS at FROM workspace WHERE id = $1',
      [workspace.id],
    );
    return row?.at?.getTime() === service.clock.now().getTime() ? true : null;
  });
}

async function givenMembers(...names: string[]): Promise<string[]> {
  await workspace.admin
    .patch('/api/user-provisioning/settings', { removalGuard: { percent: 0, atLeast: 0 } })
    .expect(200);
  const ids: string[] = [];
  for (const name of names) ids.push(await givenPerson(workspace.scim, `${name}@example.com`));
  await synchronize(workspace.admin);
  return ids;
}

async function leave(ids: readonly string[]): Promise<void> {
  for (const id of ids) await changePerson(workspace.scim, id, { active: false });
  await eventually(async () => {
    const { body } = await workspace.admin.get('/api/removal-guard').expect(200);
    return body.held >= ids.length ? true : null;
  });
}

describe('each cause is told of once while it lasts, and again when it comes back', () => {
  it('removals that are held, however many people they concern', async () => {
    const ids = await givenMembers('ada', 'bob', 'cleo');
    await subscribe(['removals_held']);
    await leave(ids.slice(0, 2));
    await looked();
    await leave(ids);
    await looked();
    expect(mailbox.subjects()).toHaveLength(1);
    expect(mailbox.subjects()[0]).toMatch(/^Example AG: [12] deactivations? waits? for your approval$/);
    await workspace.admin.post('/api/removal-guard/reject', {}).expect(200);
    await looked();
    expect(await kinds()).toEqual(['removals_held']);
    await changePerson(workspace.scim, ids[0] ?? '', { active: true });
    await synchronize(workspace.admin);
    await leave(ids.slice(0, 1));
    await looked();
    expect(await kinds()).toEqual(['removals_held', 'removals_held']);
  });

  it('conflicts', async () => {
    await subscribe(['conflicts']);
    await givenPerson(workspace.scim, 'nobody', { emails: [] });
    await synchronize(workspace.admin);
    await looked();
    await givenPerson(workspace.scim, 'no-one', { emails: [] });
    await synchronize(workspace.admin);
    await looked();
    expect(mailbox.subjects()).toEqual(['Example AG: 1 person cannot be synchronized']);
  });

  it('a failed run, until one succeeds', async () => {
    const { id } = await synchronize(workspace.admin);
    await subscribe(['run_failed']);
    const end = (state: string) =>
      service.dataSource.query('UPDATE sync_run SET state = $2 WHERE id = $1', [id, state]);
    for (const state of ['failed', 'failed', 'succeeded', 'failed']) {
      await end(state);
      await looked();
    }
    expect(await kinds()).toEqual(['run_failed', 'run_failed']);
    expect(mailbox.received[0]?.mail.text).toContain(`${publicUrl}/settings/user-provisioning/runs/${id}`);
  });

  it('the first contact, and requests that are refused', async () => {
    await subscribe(['first_contact', 'refusals']);
    await looked();
    expect(await kinds()).toEqual([]);
    await called();
    await looked();
    for (let n = 0; n < 2; n += 1) await workspace.scim.post('/Users', {}).expect(400);
    await eventually(async () => {
      await looked();
      return (await kinds()).length > 1 ? true : null;
    });
    await looked();
    expect(await kinds()).toEqual(['first_contact', 'refusals']);
    await pass({ hours: 25 });
    await workspace.scim.post('/Users', {}).expect(400);
    await eventually(async () => {
      await looked();
      return (await kinds()).length > 2 ? true : null;
    });
    expect(await kinds()).toEqual(['first_contact', 'refusals', 'refusals']);
  });

  it('silence: sooner after a refusal, and by the habit of the identity provider', async () => {
    await called();
    await subscribe(['idp_silent']);
    await pass({ hours: 30 });
    expect(await kinds()).toEqual([]);
    for (let day = 0; day < 3; day += 1) {
      await called();
      await pass({ hours: 20 });
    }
    expect(await kinds()).toEqual([]);
    await pass({ hours: 5 });
    await pass({ hours: 5 });
    expect(mailbox.subjects()).toEqual(['Example AG: Your identity provider has gone quiet']);
    await called();
    await pass({ minutes: 1 });
    await workspace.scim.post('/Users', {}).expect(400);
    await workspace.admin.get('/api/provisioning-log').expect(200);
    await eventually(async () => {
      const [row] = await service.dataSource.query<{ status: number }[]>(
        'SELECT last_contact_status AS status FROM workspace WHERE id = $1',
        [workspace.id],
      );
      return row?.status === 400 ? true : null;
    });
    await looked();
    await pass({ hours: 7 });
    expect(mailbox.subjects()[1]).toBe('Example AG: Your identity provider stopped after a refusal');
    expect(mailbox.received[1]?.mail.text).toContain('status 400');
  });

  it('a token that expires, 30 days, 7 days and 1 day before; one that was replaced and is not used', async () => {
    await subscribe(['token_expiring', 'token_unused']);
    const expiresAt = new Date(service.clock.now().getTime() + 40 * 86_400_000).toISOString();
    const { body: token } = await workspace.admin
      .post('/api/tokens', { name: 'Entra', expiresAt })
      .expect(201);
    for (const days of [9, 2, 20, 3, 5.5]) await pass({ hours: days * 24 });
    expect(mailbox.subjects().map((subject) => subject?.replace(/^.*: /, ''))).toEqual([
      'An API token expires in 29 days',
      'An API token expires in 6 days',
      'An API token expires within a day',
    ]);
    mailbox.reset();
    await workspace.admin.post(`/api/tokens/${token.id}/rotate`, { overlapHours: 10 }).expect(201);
    // No event tells of a new token: it is seen all the same, and looked at when it must be in use.
    await eventually(async () => {
      service.provider<NotificationLooks>('NotificationLooks').sweep();
      const [{ at }] = await service.dataSource.query<[{ at: Date }]>(
        'SELECT next_look_at AS at FROM notification_state WHERE workspace_id = $1',
        [workspace.id],
      );
      return at.getTime() - service.clock.now().getTime() <= 5 * 3_600_000 ? true : null;
    });
    await pass({ hours: 4 });
    expect(mailbox.received).toEqual([]);
    await pass({ hours: 2 });
    await pass({ hours: 2 });
    expect(mailbox.subjects()).toEqual(['Example AG: A rotated API token is not in use yet']);
  });

  it('the week, on Monday morning, without what was undone, and without those who were brought back', async () => {
    const [, bob = '', carl = ''] = await givenMembers('ada', 'bob', 'carl');
    await workspace.admin
      .patch('/api/user-provisioning/settings', {
        leavers: 'next_sync',
        removalGuard: { percent: 0, atLeast: 1 },
      })
      .expect(200);
    await givenPerson(workspace.scim, 'dora@example.com');
    await undone(workspace.admin, (await synchronize(workspace.admin)).id);
    for (const id of [bob, carl]) await changePerson(workspace.scim, id, { active: false });
    expect((await synchronize(workspace.admin)).counts).toMatchObject({ deactivate: 1, held: 1 });
    await workspace.admin.post('/api/removal-guard/bring-back', {}).expect(200);
    await workspace.admin.post('/api/removal-guard/reject', {}).expect(200);
    await subscribe(['weekly_digest']);
    const [{ at }] = await service.dataSource.query<[{ at: Date }]>(
      'SELECT next_digest_at AS at FROM notification_state WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(at.getUTCDay()).toBe(1);
    service.clock.set(new Date(at.getTime() - 1_000));
    await pass({});
    expect(mailbox.subjects()).toEqual([]);
    await pass({ seconds: 1 });
    await pass({ hours: 1 });
    expect(mailbox.subjects()).toEqual(['Example AG: Your week']);
    expect(mailbox.received[0]?.mail.text).toContain('3 people joined, nobody changed, nobody left.');
  });
});

describe('a message', () => {
  it('is in the language of its reader, leads to the very place, and names people only if the workspace says so', async () => {
    const [ada = ''] = await givenMembers('ada');
    await subscribe(['removals_held'], 'de');
    await leave([ada]);
    await looked();
    const [{ mail, to } = { mail: null, to: [] }] = mailbox.received;
    expect(to).toEqual(['admin@example.com']);
    expect(mail?.subject).toBe('Example AG: 1 Deaktivierung wartet auf Ihre Freigabe');
    const place = '/settings/user-provisioning/synchronize?kind=held';
    expect(mail?.text).toContain(`Entscheiden: ${publicUrl}${place}`);
    expect(mail?.html).toContain(`${publicUrl}${place}`);
    expect(mail?.text).not.toMatch(/ada/i);

    await workspace.admin.patch('/api/notifications', { names: true }).expect(200);
    await workspace.admin.post('/api/removal-guard/reject', {}).expect(200);
    await looked();
    await changePerson(workspace.scim, ada, { active: true });
    await synchronize(workspace.admin);
    await leave([ada]);
    await looked();
    expect(mailbox.received[1]?.mail.text).toContain('\nada\n');
  });

  it('keeps to its headers, whatever the workspace is called', async () => {
    const name = 'Evil\r\nBcc: victim@example.com\r\n\r\n<script>';
    await service.dataSource.query('UPDATE workspace SET name = $2 WHERE id = $1', [workspace.id, name]);
    await subscribe(['first_contact']);
    await called();
    await looked();
    const [{ mail, to, raw } = { mail: null, to: [], raw: '' }] = mailbox.received;
    expect(to).toEqual(['admin@example.com']);
    expect(mail?.bcc).toBeUndefined();
    expect(raw).not.toMatch(/^Bcc:/im);
    expect(mail?.subject).toMatch(/^Evil Bcc: victim@example.com <script>: /);
    expect(mail?.html).not.toContain('<script');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('goes to any URL signed, to Slack and to Teams in their forms, and never holds an address or secret', async () => {
    const { secret } = await addChannel('webhook', ['first_contact']);
    const slack = await addChannel('slack', ['first_contact']);
    await addChannel('teams', ['first_contact']);
    expect(slack.secret).toBeNull();
    await called();
    await looked();
    const received = await receiver.has(3);
    const bodies = received.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
    const plain = received.find((_, at) => bodies[at]?.type === 'notification');
    expect(plain && isSignedWith(secret ?? '', plain)).toBe(true);
    expect(JSON.parse(plain?.text ?? '')).toMatchObject({
      kind: 'first_contact',
      workspaceId: workspace.id,
      url: `${publicUrl}/settings/user-provisioning`,
    });
    expect(bodies.filter(({ blocks }) => Array.isArray(blocks))).toHaveLength(1);
    expect(bodies.filter(({ attachments }) => Array.isArray(attachments))).toHaveLength(1);
    const [stored] = await service.dataSource.query<{ all: string }[]>(
      'SELECT json_agg(c)::text AS all FROM notification_channel c WHERE workspace_id = $1',
      [workspace.id],
    );
    const answers = await workspace.admin.get('/api/notifications').expect(200);
    for (const text of [stored?.all, answers.text, ...received.map((each) => each.text)])
      expect(text).not.toMatch(
        new RegExp(`secret-path|${(secret ?? 'whsec_').slice(6)}`.replaceAll('+', '\\+')),
      );
  });

  it('of what lasts already when somebody subscribes first is none', async () => {
    await called();
    await givenPerson(workspace.scim, 'nobody', { emails: [] });
    await synchronize(workspace.admin);
    await subscribe();
    await looked();
    expect(await kinds()).toEqual([]);
  });

  it('goes to nobody who has left', async () => {
    const email = 'leaver@example.com';
    const other = { ...workspace, admin: adminClient(service, await signIn(service, workspace.id, email)) };
    await subscribe(['first_contact']);
    await subscribe(['first_contact'], 'en', other);
    const { body: member } = await workspace.admin.post('/api/members', { email }).expect(201);
    await workspace.admin.delete(`/api/members/${member.id}`).expect(204);
    await called();
    await looked();
    expect(mailbox.received.map(({ to }) => to)).toEqual([['admin@example.com']]);
    const { body } = await workspace.admin.get('/api/notifications').expect(200);
    expect(body).toMatchObject({ mine: { name: 'admin@example.com' }, people: [] });
  });
});

describe('the link in a mail', () => {
  it('ends the mail without a sign-in: it asks, and a POST does it, from the page or a mail program', async () => {
    await subscribe(['first_contact', 'refusals'], 'de');
    await called();
    await looked();
    const [{ mail } = { mail: null }] = mailbox.received;
    const list = mail?.headers.get('list') as { unsubscribe?: { url: string } } | undefined;
    const link = list?.unsubscribe?.url ?? '';
    expect(link).toMatch(new RegExp(`^${publicUrl}/settings/unsubscribe/[\\w-]{64}$`));
    expect(mailbox.received[0]?.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail?.text).toContain(link);
    const path = link.slice(publicUrl.length) as `/settings/unsubscribe/${string}`;

    const asked = await service.http.get(path).expect(200);
    expect(asked.type).toBe('text/html');
    expect(asked.text).toContain('Nachrichten abbestellen?');
    expect(asked.text).toContain('<form method="post">');
    expect(asked.headers['content-security-policy']).toContain("form-action 'self'");
    const mine = async () => (await workspace.admin.get('/api/notifications').expect(200)).body.mine;
    expect(await mine()).not.toBeNull();

    const oneClick = () =>
      service.http
        .post(path)
        .set('Content-Type', 'application/x-www-form-urlencoded')
        .send('List-Unsubscribe=One-Click');
    expect((await oneClick().expect(200)).text).toContain('Sie haben die Nachrichten abbestellt');
    expect(await mine()).toBeNull();
    await oneClick().expect(200);
    expect((await service.http.get(path).expect(200)).text).not.toContain('<form');
    const { body: log } = await workspace.admin.get('/api/audit-log').expect(200);
    expect(log.items[0]).toMatchObject({ action: 'notifications.unsubscribed', details: { by: 'link' } });
  });

  it('that nobody signed says and does nothing', async () => {
    await subscribe(['first_contact']);
    const forged = await service.http.post(`/settings/unsubscribe/${'A'.repeat(64)}`).expect(200);
    expect(forged.text).not.toContain('@');
    expect((await workspace.admin.get('/api/notifications').expect(200)).body.mine).not.toBeNull();
  });
});

describe('a message is sent', () => {
  it('once, although three processes look and send', async () => {
    const { databaseUrl, clock } = service;
    const others = await Promise.all([1, 2].map(() => startService({ config, databaseUrl, clock })));
    await subscribe(['first_contact']);
    await addChannel('webhook', ['first_contact']);
    await called();
    await Promise.all([service, ...others, service, ...others].map((each) => looked(each)));
    await Promise.all(others.map((each) => each.stop()));
    expect(mailbox.received).toHaveLength(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('again rather than never, as the same mail, when the end of sending was not heard', async () => {
    await subscribe(['first_contact']);
    mailbox.isBroken = true;
    await called();
    await looked();
    expect((await messages())[0]).toMatchObject({
      state: 'pending',
      attempts: 1,
      error: { code: 'mail-unreachable' },
    });
    mailbox.isBroken = false;
    await pass({ seconds: 7 });
    const [first, again] = await mailbox.has(2);
    expect(again?.mail.messageId).toBe(first?.mail.messageId);
    expect((await messages())[0]).toMatchObject({ state: 'delivered', attempts: 2, error: null });
  });

  it('again by another process when the one that had it was killed', async () => {
    await subscribe(['first_contact']);
    await mailbox.close();
    await called();
    await looked();
    const leasedUntil = new Date(service.clock.now().getTime() + 60_000);
    await service.dataSource.query(
      `UPDATE notification_delivery SET attempts = attempts + 1, leased_until = $2, next_attempt_at = $3
       WHERE workspace_id = $1`,
      [workspace.id, leasedUntil, service.clock.now()],
    );
    await mailbox.listen();
    service.clock.advance({ seconds: 59 });
    service.provider<NotificationSender>('NotificationSender').poke();
    expect((await messages())[0]).toMatchObject({ state: 'pending' });
    expect(mailbox.received).toEqual([]);
    await pass({ seconds: 2 });
    await mailbox.has(1);
    expect((await messages())[0]).toMatchObject({ state: 'delivered', attempts: 3 });
  });

  it('late and not less when the mail server is away for a day; chats do not wait for it', async () => {
    await subscribe(['first_contact']);
    await addChannel('slack', ['first_contact']);
    await mailbox.close();
    await called();
    await looked();
    await receiver.has(1);
    for (let hours = 0; hours < 24; hours += 4) await pass({ hours: 4 });
    expect((await messages()).find(({ channel }) => channel.kind === 'email')).toMatchObject({
      state: 'pending',
      error: { code: 'mail-unreachable', text: 'The mail server could not be reached.' },
    });
    await mailbox.listen();
    await pass({ hours: 12 });
    await mailbox.has(1);
    expect(mailbox.received).toHaveLength(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('not again to a mailbox that is refused: the page says so', async () => {
    await subscribe(['first_contact']);
    mailbox.refusal = { status: 550, text: 'No such mailbox' };
    await called();
    await looked();
    expect((await messages())[0]).toMatchObject({
      state: 'failed',
      attempts: 1,
      status: 550,
      error: { code: 'recipient-refused' },
      nextAttemptAt: null,
      answer: expect.stringContaining('No such mailbox'),
    });
    mailbox.refusal = { status: 451, text: 'Later' };
    const { body } = await workspace.admin.get('/api/notifications').expect(200);
    const german = await workspace.admin
      .post(`/api/notifications/channels/${body.mine?.id ?? ''}/test`)
      .set('Accept-Language', 'de')
      .expect(200);
    expect(german.body).toMatchObject({
      kind: 'test',
      title: 'Eine Testnachricht',
      state: 'failed',
      error: { code: 'mail-later', text: 'Der Mailserver konnte die Nachricht noch nicht annehmen.' },
    });
  });
});

describe('channels', () => {
  it('are tried at once, and the answer says what happened', async () => {
    const { id } = await addChannel('slack');
    const test = () => workspace.admin.post(`/api/notifications/channels/${id}/test`).expect(200);
    expect((await test()).body).toMatchObject({ kind: 'test', state: 'delivered', status: 204, error: null });
    receiver.answering = (response) => response.writeHead(404).end('no_service');
    expect((await test()).body).toMatchObject({
      state: 'failed',
      status: 404,
      error: { code: 'status' },
      answer: null,
    });
    await pass({ hours: 1 });
    expect(receiver.received).toHaveLength(2);
  });

  it('are changed and removed, with what waits for them; the address is never shown', async () => {
    const { id } = await addChannel('teams', ['first_contact']);
    const path = `/api/notifications/channels/${id}` as const;
    const changed = await workspace.admin.patch(path, { name: '#ops', causes: ['refusals'] }).expect(200);
    expect(changed.body).toMatchObject({ name: '#ops', causes: ['refusals'], language: 'en' });
    await workspace.admin.patch(path, { url: 'https://x.example' }).expect(400);
    await called();
    await looked();
    expect(receiver.received).toEqual([]);
    await workspace.admin.delete(path).expect(204);
    await workspace.admin.get(path).expect(404);
  });

  it('are at most ten', async () => {
    for (let n = 0; n < 10; n += 1) await addChannel('webhook', []);
    const { body } = await workspace.admin
      .post('/api/notifications/channels', {
        kind: 'slack',
        name: 'x',
        url: receiver.url,
        causes: [],
        language: 'en',
      })
      .expect(409);
    expect(body).toMatchObject({ type: expect.stringContaining('too-many-channels'), channelsMax: 10 });
  });

  it('get at most 200 messages a day; those beyond are shown as not sent', async () => {
    const { id } = await addChannel('webhook', ['first_contact']);
    await service.dataSource.query(
      `WITH n AS (INSERT INTO notification (workspace_id, id, kind, params, at)
         VALUES ($1, gen_random_uuid(), 'test', '{}', $3) RETURNING id)
       INSERT INTO notification_delivery (workspace_id, id, notification_id, channel_id, state, created_at)
       SELECT $1, uuidv7(), n.id, $2, 'delivered', $3 FROM n, generate_series(1, 200)`,
      [workspace.id, id, service.clock.now()],
    );
    const refused = await workspace.admin.post(`/api/notifications/channels/${id}/test`).expect(409);
    expect(refused.body).toMatchObject({ type: expect.stringContaining('too-many-messages') });
    await called();
    await looked();
    const [latest] = (await messages()).filter(({ kind }) => kind === 'first_contact');
    expect(latest).toMatchObject({ state: 'failed', attempts: 0, error: { code: 'daily-limit' } });
    expect(receiver.received).toEqual([]);
  });
});

describe('without mail, and without private addresses', () => {
  let strict: Service;

  beforeAll(async () => {
    strict = await startService({ clock: new FakeClock() });
  });

  it('the page says that mail is not set up, and nobody can subscribe', async () => {
    const { admin } = await givenWorkspace(strict);
    const { body } = await admin.get('/api/notifications').expect(200);
    expect(body).toEqual({
      mail: { available: false, from: null },
      names: false,
      mine: null,
      people: [],
      channels: [],
    });
    const mine = { causes: ['refusals'], language: 'en' } as const;
    const refused = await admin.patch('/api/notifications', { mine }).expect(409);
    expect(refused.body.type).toContain('mail-not-set-up');
  });

  it.each([
    ['http://hooks.example.com/a', 'url-not-https'],
    ['https://127.0.0.1/a', 'url-private-address'],
    ['https://169.254.169.254/latest', 'url-private-address'],
    ['https://[::ffff:10.0.0.1]/a', 'url-private-address'],
    ['https://localhost/a', 'url-private-address'],
    ['https://user:pw@hooks.example.com/a', 'url-credentials'],
    ['https://example.webhook.office.com/webhookb2/x', 'url-retired-connector'],
    ['hooks.example.com', 'url-not-a-url'],
  ])('%s is refused: %s', async (url, code) => {
    const { admin } = await givenWorkspace(strict, { active: false });
    const channel = { kind: 'teams', name: 'x', url, causes: ['refusals'], language: 'de' } as const;
    const { body } = await admin.post('/api/notifications/channels', channel).expect(400);
    expect(body).toMatchObject({ errors: [{ path: 'url', code }] });
  });

  it('a name that leads to a private address is refused when it is called', async () => {
    const { admin } = await givenWorkspace(strict);
    const channel = {
      kind: 'slack',
      name: 'x',
      url: 'https://hooks.example.com/a',
      causes: [],
      language: 'en',
    } as const;
    const { body } = await admin.post('/api/notifications/channels', channel).expect(201);
    await strict.dataSource.query('UPDATE notification_channel SET sealed_url = $2 WHERE id = $1', [
      body.id,
      sealed(strict, 'http://127.0.0.1:9/', body.id),
    ]);
    const tried = await admin.post(`/api/notifications/channels/${body.id}/test`).expect(200);
    expect(tried.body).toMatchObject({ state: 'failed', error: { code: 'private-address' } });
  });
});

/** As the service would have stored it when it still allowed the address. */
function sealed(of: Service, url: string, channelId: string): string {
  return of.provider<{ seal(url: string, channelId: string): string }>('AddressBox').seal(url, channelId);
}
