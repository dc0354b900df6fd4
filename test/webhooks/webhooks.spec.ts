import { afterEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { DeliverySender } from '../../src/webhooks/deliveries/delivery-sender.service.ts';
import type { Schema } from '../harness/answers.ts';
import { FakeClock, type Span } from '../harness/fake-clock.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { eventually, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { adminClient, signIn } from '../harness/workspace.ts';
import { isSignedWith, type Received, useReceiver } from './receiver.ts';

// The library compares the time of a signature with that of this machine.
const service = useService({
  clock: new FakeClock(new Date()),
  config: { WEBHOOK_ALLOW_PRIVATE: 'on' },
});
const workspace = useWorkspace(service);
const receiver = useReceiver();
const other = useReceiver();

type Issued = Schema<'IssuedWebhookResponse'>;

const made: string[] = [];
const ofMembers = ['member.created', 'member.updated', 'member.removed'];

afterEach(async () => {
  for (const id of made.splice(0)) await workspace.operator.delete(`/operator/webhooks/${id}`);
});

async function givenWebhook(more: object = {}): Promise<Issued> {
  const { body } = await workspace.operator
    .post('/operator/webhooks', {
      url: receiver.url,
      types: ofMembers,
      workspaceIds: [workspace.id],
      ...more,
    })
    .expect(201);
  made.push(body.id);
  return body;
}

async function givenMember(email: string): Promise<string> {
  const { body } = await workspace.admin.post('/api/members', { email }).expect(201);
  return body.id;
}

async function rename(id: string, firstName: string): Promise<void> {
  await workspace.admin.patch(`/api/members/${id}`, { firstName }).expect(200);
}

async function deliveries(id: string, state = ''): Promise<Schema<'DeliveryResponse'>[]> {
  const query = state === '' ? '' : `?state=${state}`;
  const { body } = await workspace.operator.get(`/operator/webhooks/${id}/deliveries${query}`).expect(200);
  return body.items;
}

/** Waits until every delivery has failed so often, and waits for its next attempt or was given up. */
async function attempted(id: string, attempts: number): Promise<Schema<'DeliveryResponse'>[]> {
  const isDone = (each: Schema<'DeliveryResponse'>) =>
    each.attempts >= attempts &&
    (each.nextAttemptAt === null || new Date(each.nextAttemptAt) > service.clock.now());
  return eventually(async () => {
    const items = await deliveries(id);
    return items.length > 0 && items.every(isDone) ? items : null;
  });
}

function pass(span: Span): void {
  service.clock.advance(span);
  service.provider<DeliverySender>('DeliverySender').poke();
}

function subjects(received: readonly Received[]): string[] {
  return received.map(({ event }) => event.subject.id);
}

describe('a webhook', () => {
  it('is sent what happens from now on, byte for byte as the feed has it, signed as the specification says', async () => {
    await givenMember('before@example.com');
    const { secret } = await givenWebhook();
    const id = await givenMember('ada@example.com');
    await rename(id, 'Ada');
    const received = await receiver.has(2);
    expect(receiver.types()).toEqual(['member.created', 'member.updated']);
    const feed = await workspace.operator.get(`/operator/events?workspaceId=${workspace.id}`).expect(200);
    for (const each of received) {
      expect(feed.text).toContain(each.text);
      expect(each.headers['webhook-id']).toBe(each.event.id);
      expect(each.headers['content-type']).toBe('application/json');
      expect(new Webhook(secret).verify(each.text, each.headers)).toEqual(each.event);
      expect(() => new Webhook(secret).verify(`${each.text} `, each.headers)).toThrow();
    }
  });

  it('is sent only the types and workspaces that it names', async () => {
    await givenWebhook({ types: ['member.updated'] });
    const { body: foreign } = await workspace.operator
      .post('/operator/workspaces', { name: 'Other' })
      .expect(201);
    const { id: otherHook } = await givenWebhook({ url: other.url, workspaceIds: [foreign.id] });
    const id = await givenMember('ada@example.com');
    await rename(id, 'Ada');
    await receiver.has(1);
    expect(receiver.types()).toEqual(['member.updated']);
    expect(await deliveries(otherHook)).toEqual([]);
    expect(other.received).toEqual([]);
  });

  it('is sent the events of a member in order: what follows a failed one waits for it, and nobody else does', async () => {
    const { id: hook } = await givenWebhook();
    receiver.answering = (response, { event }) =>
      response.writeHead(event.type === 'member.created' ? 500 : 200).end();
    const ada = await givenMember('ada@example.com');
    await attempted(hook, 1);
    receiver.answering = (response, { event }) =>
      response.writeHead(event.subject.id === ada ? 500 : 200).end();
    await rename(ada, 'Ada');
    const bob = await givenMember('bob@example.com');
    await eventually(async () => ((await deliveries(hook, 'delivered')).length === 1 ? true : null));
    expect(subjects(receiver.received)).toEqual([ada, bob]);
    receiver.reset();
    pass({ seconds: 6 });
    const after = await receiver.has(2);
    expect(subjects(after)).toEqual([ada, ada]);
    expect(after.map(({ event }) => event.type)).toEqual(['member.created', 'member.updated']);
  });

  it('is sent first after what somebody must lose access, however much waits', async () => {
    const { id: hook } = await givenWebhook();
    await workspace.operator.patch(`/operator/webhooks/${hook}`, { state: 'disabled' }).expect(200);
    const rows = Array.from({ length: 80 }, (_, at) => `p${at}@example.com`);
    await workspace.admin
      .post('/api/members/import')
      .set('Content-Type', 'text/csv')
      .send(`email\n${rows.join('\n')}\n`)
      .expect(201);
    const leaver = await givenMember('leaver@example.com');
    await workspace.admin.delete(`/api/members/${leaver}`).expect(204);
    receiver.answering = (response) => void setTimeout(() => response.writeHead(204).end(), 20);
    await workspace.operator.patch(`/operator/webhooks/${hook}`, { state: 'active' }).expect(200);
    const received = await receiver.has(82);
    const places = subjects(received).flatMap((id, at) => (id === leaver ? [at] : []));
    expect(places).toHaveLength(2);
    expect(received[places[1] ?? 0]?.event.type).toBe('member.removed');
    // The first to be claimed are the leaver's and as many others as go out at a time.
    expect(places[1]).toBeLessThan(30);
  });

  it('is told when the identity provider switches somebody off', async () => {
    const { scim, admin } = workspace;
    const person = await givenPerson(scim, 'ada@example.com');
    await synchronize(admin);
    const { secret } = await givenWebhook({ types: ['member.deactivated'] });
    await changePerson(scim, person, { active: false });
    const [received] = await receiver.has(1);
    expect(received?.event).toMatchObject({ type: 'member.deactivated', cause: { by: 'leaver' } });
    expect(received && isSignedWith(secret, received)).toBe(true);
  });

  it('that hangs does not delay another one', async () => {
    receiver.answering = () => undefined;
    const { id: hanging } = await givenWebhook();
    await givenWebhook({ url: other.url });
    for (let at = 0; at < 15; at += 1) await givenMember(`p${at}@example.com`);
    await other.has(15);
    expect(receiver.received.length).toBeLessThanOrEqual(12);
    await eventually(async () => ((await deliveries(hanging, 'pending')).length === 15 ? true : null));
  });
});

describe('a failed delivery', () => {
  it('says what came back, is tried again after 5 s and 5 min, and is delivered when the receiver is well again', async () => {
    const { id: hook } = await givenWebhook();
    receiver.answering = (response) => response.writeHead(500).end('x'.repeat(5_000));
    await givenMember('ada@example.com');
    const [first] = await attempted(hook, 1);
    expect(first).toMatchObject({
      state: 'pending',
      attempts: 1,
      lastAttempt: { status: 500, error: { code: 'status' } },
    });
    expect(first?.lastAttempt?.answer).toHaveLength(1_000);
    expect(
      (await workspace.operator.get(`/operator/webhooks/${hook}`).expect(200)).body.failingSince,
    ).not.toBeNull();
    pass({ seconds: 4 });
    pass({ seconds: 2 });
    await receiver.has(2);
    await attempted(hook, 2);
    receiver.answering = (response) => response.writeHead(200).end('thanks');
    pass({ minutes: 6 });
    await eventually(async () => ((await deliveries(hook, 'delivered')).length === 1 ? true : null));
    const [last] = await deliveries(hook);
    expect(last).toMatchObject({
      attempts: 3,
      nextAttemptAt: null,
      lastAttempt: { status: 200, error: null, answer: 'thanks' },
    });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(
      (await workspace.operator.get(`/operator/webhooks/${hook}`).expect(200)).body.failingSince,
    ).toBeNull();
  });

  it('leaves the receiver alone for as long as it asks', async () => {
    const { id: hook } = await givenWebhook();
    receiver.answering = (response) => response.writeHead(503, { 'retry-after': '600' }).end();
    await givenMember('ada@example.com');
    const [delivery] = await attempted(hook, 1);
    expect(delivery?.nextAttemptAt).toBe(new Date(service.clock.now().getTime() + 600_000).toISOString());
  });

  it('is a redirect, too, which is not followed', async () => {
    const { id: hook } = await givenWebhook();
    receiver.answering = (response) => response.writeHead(302, { location: other.url }).end();
    await givenMember('ada@example.com');
    const [delivery] = await attempted(hook, 1);
    expect(delivery?.lastAttempt).toMatchObject({ status: 302, error: { code: 'redirect' } });
    expect(other.received).toEqual([]);
  });

  it('is given up after the tenth attempt, can be sent again, and then goes before what waits', async () => {
    const { id: hook } = await givenWebhook();
    receiver.answering = (response) => response.writeHead(500).end();
    await givenMember('ada@example.com');
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await attempted(hook, attempt);
      // The longest wait, and the webhook is not to be disabled before the tenth attempt.
      service.clock.advance({ hours: 30 });
      await service.dataSource.query('UPDATE webhook SET failing_since = $2 WHERE id = $1', [
        hook,
        service.clock.now(),
      ]);
      pass({});
    }
    await eventually(async () => ((await deliveries(hook, 'failed')).length === 1 ? true : null));
    const [failed] = await deliveries(hook, 'failed');
    expect(failed).toMatchObject({ attempts: 10, nextAttemptAt: null });
    receiver.reset();
    const { id = '', eventId } = failed ?? {};
    const { body } = await workspace.operator
      .post(`/operator/webhooks/${hook}/deliveries/${id}/resend`)
      .expect(200);
    expect(body.state).toBe('pending');
    const [again] = await receiver.has(1);
    expect(again?.headers['webhook-id']).toBe(eventId);
  });
});

describe('a webhook is disabled', () => {
  async function disabledEvents() {
    const { body } = await workspace.operator
      .get(`/operator/events?workspaceId=${workspace.id}&types=webhook.disabled`)
      .expect(200);
    return body.items;
  }

  it('at once when the receiver answers with 410, and the feed says so', async () => {
    const { id: hook } = await givenWebhook();
    receiver.answering = (response) => response.writeHead(410).end();
    await givenMember('ada@example.com');
    const events = await eventually(async () => {
      const items = await disabledEvents();
      return items.length > 0 ? items : null;
    });
    expect(events).toMatchObject([
      { subject: { kind: 'workspace', id: workspace.id }, data: { webhookId: hook, reason: 'gone' } },
    ]);
    const { body } = await workspace.operator.get(`/operator/webhooks/${hook}`).expect(200);
    expect(body).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
    const [delivery] = await deliveries(hook);
    const resend = `/operator/webhooks/${hook}/deliveries/${delivery?.id}/resend`;
    expect((await workspace.operator.post(resend).expect(409)).body.type).toMatch(/webhook-disabled$/);
  });

  it('when no attempt has succeeded for 5 days, and goes on where it stopped when it is made active', async () => {
    const { id: hook } = await givenWebhook();
    receiver.answering = (response) => response.writeHead(500).end();
    const ada = await givenMember('ada@example.com');
    await attempted(hook, 1);
    pass({ days: 4, hours: 23 });
    await attempted(hook, 2);
    expect((await workspace.operator.get(`/operator/webhooks/${hook}`).expect(200)).body.state).toBe(
      'active',
    );
    pass({ hours: 2 });
    await eventually(async () => ((await disabledEvents()).length === 1 ? true : null));
    expect((await workspace.operator.get(`/operator/webhooks/${hook}`).expect(200)).body.disabledReason).toBe(
      'failing',
    );
    const admin = adminClient(service, await signIn(service, workspace.id));
    await admin.patch(`/api/members/${ada}`, { firstName: 'Ada' }).expect(200);
    receiver.reset();
    await workspace.operator.patch(`/operator/webhooks/${hook}`, { state: 'active' }).expect(200);
    await receiver.has(2);
    expect(receiver.types()).toEqual(['member.created', 'member.updated']);
  });
});

describe('the secret of a webhook', () => {
  it('is shown once; a replaced one signs, too, until its overlap is over', async () => {
    const { id: hook, secret: first } = await givenWebhook();
    expect(first).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const rotated = await workspace.operator
      .post(`/operator/webhooks/${hook}/rotate`, { overlapHours: 2 })
      .expect(201);
    const { secret: second } = rotated.body;
    expect(rotated.body.formerSecretsEndAt).toHaveLength(1);
    const shown = await workspace.operator.get(`/operator/webhooks/${hook}`).expect(200);
    const listed = await workspace.operator.get('/operator/webhooks').expect(200);
    for (const answer of [shown, listed]) expect(answer.text).not.toMatch(/whsec_|sealed/);
    await givenMember('ada@example.com');
    const [during] = await receiver.has(1);
    expect([first, second].map((secret) => during && isSignedWith(secret, during))).toEqual([true, true]);
    service.clock.advance({ hours: 3 });
    receiver.reset();
    await givenMember('bob@example.com');
    const [after] = await receiver.has(1);
    expect([first, second].map((secret) => after && isSignedWith(secret, after))).toEqual([false, true]);
  });

  it('is stored encrypted, and a rotation without overlap ends every former one', async () => {
    const { id: hook, secret: first } = await givenWebhook();
    const [row] = await service.dataSource.query<{ row: string }[]>(
      'SELECT to_jsonb(w)::text AS row FROM webhook w WHERE id = $1',
      [hook],
    );
    expect(row?.row).not.toContain(first.slice('whsec_'.length));
    const { body } = await workspace.operator
      .post(`/operator/webhooks/${hook}/rotate`, { overlapHours: 0 })
      .expect(201);
    await givenMember('ada@example.com');
    const [received] = await receiver.has(1);
    expect([first, body.secret].map((secret) => received && isSignedWith(secret, received))).toEqual([
      false,
      true,
    ]);
  });

  it('can be replaced only so often at a time', async () => {
    const { id: hook } = await givenWebhook();
    for (let time = 0; time < 4; time += 1)
      await workspace.operator.post(`/operator/webhooks/${hook}/rotate`).expect(201);
    const { body } = await workspace.operator.post(`/operator/webhooks/${hook}/rotate`).expect(409);
    expect(body.type).toMatch(/too-many-secrets$/);
  });
});

describe('a test event', () => {
  it('is sent at once, also to a disabled webhook, and answers with what came back', async () => {
    const { id: hook, secret } = await givenWebhook();
    await workspace.operator.patch(`/operator/webhooks/${hook}`, { state: 'disabled' }).expect(200);
    receiver.answering = (response) => response.writeHead(418).end('no tea');
    const { body } = await workspace.operator.post(`/operator/webhooks/${hook}/test`).expect(200);
    expect(body).toMatchObject({ status: 418, error: { code: 'status' }, answer: 'no tea' });
    const [received] = receiver.received;
    expect(received?.event.type).toBe('webhook.test');
    expect(received && isSignedWith(secret, received)).toBe(true);
    expect(await deliveries(hook)).toEqual([]);
  });
});

describe('requests about webhooks', () => {
  it.each([
    ['no URL', {}, 'url'],
    ['a URL that is none', { url: 'product.example' }, 'url'],
    ['a URL of another kind', { url: 'ftp://product.example/' }, 'url'],
    ['a password in the URL', { url: 'https://a:b@product.example/' }, 'url'],
    ['a fragment', { url: 'https://product.example/#a' }, 'url'],
    ['a URL that is too long', { url: `https://product.example/${'a'.repeat(2_000)}` }, 'url'],
    [
      'an unknown type',
      { url: 'https://product.example/', types: ['member.created', 'member.born'] },
      'types[1]',
    ],
    ['no type', { url: 'https://product.example/', types: [] }, 'types'],
    ['types that are no list', { url: 'https://product.example/', types: 'member.created' }, 'types'],
    ['no workspace', { url: 'https://product.example/', workspaceIds: [] }, 'workspaceIds'],
    [
      'an unknown workspace',
      { url: 'https://product.example/', workspaceIds: ['ext:nobody'] },
      'workspaceIds[0]',
    ],
    ['an unknown field', { url: 'https://product.example/', secret: 'whsec_mine' }, 'secret'],
  ])('with %s are refused, saying what and where', async (_what, body, path) => {
    const refused = await workspace.operator.post('/operator/webhooks', body).expect(400);
    expect(new Set(refused.body.errors?.map((fault) => fault.path))).toEqual(new Set([path]));
  });

  it('change only what they name, in the state that they name, and say what is not there', async () => {
    const { operator } = workspace;
    const { id: hook } = await givenWebhook();
    const path = `/operator/webhooks/${hook}`;
    const etag = (await operator.get(path).expect(200)).headers['etag'] as string;
    const changed = await operator
      .patch(path, { types: null, workspaceIds: null })
      .set('If-Match', etag)
      .expect(200);
    expect(changed.body).toMatchObject({
      types: null,
      workspaceIds: null,
      url: receiver.url,
      state: 'active',
    });
    await operator.patch(path, { state: 'disabled' }).set('If-Match', etag).expect(412);
    await operator.delete(path).set('If-Match', etag).expect(412);
    await operator.patch(path, { state: 'asleep' }).expect(400);
    await operator.post(`${path}/rotate`, { overlapHours: 1_000 }).expect(400);
    await operator.get(`${path}/deliveries?state=lost`).expect(400);
    await operator.get(`${path}/deliveries?cursor=x`).expect(400);
    await operator.post(`${path}/deliveries/${hook}/resend`).expect(404);
    await operator.delete(path).expect(204);
    await operator.get(path).expect(404);
    await operator.patch(path, {}).expect(404);
    await operator.delete(path).expect(404);
    await operator.post(`${path}/test`).expect(404);
    await operator.get(`${path}/deliveries`).expect(404);
    await operator.get('/operator/webhooks/x').expect(404);
  });

  it('are the operator’s alone, and those about named workspaces are in their audit logs', async () => {
    const { id: hook } = await givenWebhook();
    const scopes = ['events:read'];
    const key = await workspace.operator.post('/operator/keys', { name: 'Back end', scopes }).expect(201);
    const asked = await service.http
      .post('/operator/webhooks')
      .set('Authorization', `Bearer ${key.body.secret}`)
      .send({ url: receiver.url })
      .expect(403);
    expect(asked.body.type).toMatch(/operator-only$/);
    const log = await workspace.admin.get('/api/audit-log?action=webhook.created').expect(200);
    expect(log.body.items).toMatchObject([{ target: hook, actor: { kind: 'operator' } }]);
  });

  it('page through the deliveries, the newest first', async () => {
    const { id: hook } = await givenWebhook();
    for (let at = 0; at < 5; at += 1) await givenMember(`p${at}@example.com`);
    await receiver.has(5);
    const first = await workspace.operator.get(`/operator/webhooks/${hook}/deliveries?limit=3`).expect(200);
    const rest = await workspace.operator
      .get(`/operator/webhooks/${hook}/deliveries?limit=3&cursor=${first.body.nextCursor}`)
      .expect(200);
    const sequences = [...first.body.items, ...rest.body.items].map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((one, another) => another - one));
    expect(sequences).toHaveLength(5);
    expect(rest.body.nextCursor).toBeNull();
  });
});

describe('the trace of a request', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it('goes on to the events and webhooks of what it did, at once and by a run', async () => {
    await givenWebhook();
    const asked = workspace.admin.post('/api/members', { email: 'traced@example.com' });
    await asked.set('traceparent', traceparent).expect(201);
    await givenPerson(workspace.scim, 'by-run@example.com');
    await workspace.admin.post('/api/sync-runs', {}).set('traceparent', traceparent).expect(202);
    for (const { headers, text } of await receiver.has(2)) {
      expect(headers.traceparent).toBe(traceparent);
      expect(JSON.parse(text)).toMatchObject({ cause: { traceparent } });
    }
    await givenMember('untraced@example.com');
    const untraced = (await receiver.has(3))[2];
    expect(untraced?.headers.traceparent).toBeUndefined();
    expect(untraced?.text).not.toContain('traceparent');
  });
});
