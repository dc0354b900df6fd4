import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase } from '../harness/database.ts';
import { FakeClock } from '../harness/fake-clock.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { startServiceProcess } from '../harness/process.ts';
import { operatorToken, type Service, startService } from '../harness/service.ts';
import { eventually } from '../harness/synchronize.ts';
import { givenWorkspace, operatorClient, type Host } from '../harness/workspace.ts';
import { useReceiver } from './receiver.ts';

const receiver = useReceiver();
const settings = { WEBHOOK_ALLOW_PRIVATE: 'on', SECRETS_KEY: 'a-key-of-the-tests-for-secrets-0' };
const leaseAndMoreMs = 70_000;

describe('two processes', () => {
  let databaseUrl: string;
  let one: Service;
  let two: Service;

  beforeAll(async () => {
    one = await startService({ clock: new FakeClock(new Date()), config: settings });
    ({ databaseUrl } = one);
    two = await startService({ clock: new FakeClock(new Date()), config: settings, databaseUrl });
  });

  afterAll(async () => {
    await Promise.all([one.stop(), two.stop()]);
  });

  it('send each event once, those of a member in order', async () => {
    const { id: workspaceId, operator, admin } = await givenWorkspace(one);
    const { body: hook } = await operator
      .post('/operator/webhooks', {
        url: receiver.url,
        types: ['member.created', 'member.updated'],
        workspaceIds: [workspaceId],
      })
      .expect(201);
    receiver.answering = (response) => void setTimeout(() => response.writeHead(204).end(), 2);
    const emails = Array.from({ length: 150 }, (_, at) => `p${at}@example.com`);
    const imported = (firstName: string) =>
      `email,firstName\n${emails.map((email) => `${email},${firstName}`).join('\n')}\n`;
    for (const name of ['Ada', 'Bob'])
      await admin
        .post('/api/members/import?updateExisting=true')
        .set('Content-Type', 'text/csv')
        .send(imported(name))
        .expect(201);
    await receiver.has(300);
    await eventually(async () => {
      const { body } = await operator
        .get(`/operator/webhooks/${hook.id}/deliveries?state=pending`)
        .expect(200);
      return body.items.length === 0 ? true : null;
    });
    expect(receiver.received).toHaveLength(300);
    const typesOf = Map.groupBy(receiver.received, ({ event }) => event.subject.id);
    expect(typesOf.size).toBe(150);
    for (const received of typesOf.values())
      expect(received.map(({ event }) => event.type)).toEqual(['member.created', 'member.updated']);
  });

  it('refuse a receiver at a private address as soon as the operator no longer allows it', async () => {
    const { operator } = await givenWorkspace(one);
    const { body: hook } = await operator.post('/operator/webhooks', { url: receiver.url }).expect(201);
    const strict = await startService({
      clock: new FakeClock(new Date()),
      databaseUrl,
      config: { SECRETS_KEY: settings.SECRETS_KEY },
    });
    const asked = operatorClient(strict);
    const { body } = await asked.post(`/operator/webhooks/${hook.id}/test`).expect(200);
    expect(body).toMatchObject({ status: null, error: { code: 'private-address' } });
    await asked.post('/operator/webhooks', { url: receiver.url }).expect(400);
    expect(receiver.received.filter(({ event }) => event.type === 'webhook.test')).toEqual([]);
    await strict.stop();
  });

  it('sign nothing with another key, and say so; a key that was the operator token before still opens', async () => {
    const { operator } = await givenWorkspace(one);
    const { body: hook } = await operator.post('/operator/webhooks', { url: receiver.url }).expect(201);
    const plain = { WEBHOOK_ALLOW_PRIVATE: 'on' };
    const keyless = await startService({ clock: new FakeClock(new Date()), databaseUrl, config: plain });
    const { body } = await operatorClient(keyless).post(`/operator/webhooks/${hook.id}/test`).expect(200);
    expect(body).toMatchObject({ status: null, error: { code: 'secret-unreadable' } });
    await operatorClient(keyless).post(`/operator/webhooks/${hook.id}/rotate`).expect(201);
    await keyless.stop();
    const { body: after } = await operator.post(`/operator/webhooks/${hook.id}/test`).expect(200);
    expect(after).toMatchObject({ status: 204, error: null });
  });
});

describe('a process that is killed while a receiver has not answered', () => {
  it('loses nothing: another one sends it again, and no log holds the secret or the address', async () => {
    const { url: databaseUrl } = await cloneDatabase();
    const process = await startServiceProcess({
      ...settings,
      DATABASE_URL: databaseUrl,
      OPERATOR_TOKEN: operatorToken,
    });
    const host: Host = { http: plainHttp(process.url), config: { operatorToken } };
    const { operator, admin } = await givenWorkspace(host);
    receiver.answering = () => undefined;
    const url = `${receiver.url}?key=of-the-receiver`;
    const { body: hook } = await operator
      .post('/operator/webhooks', { url, types: ['member.created'] })
      .expect(201);
    await admin.post('/api/members', { email: 'ada@example.com' }).expect(201);
    const [first] = await receiver.has(1);
    await process.stop('SIGKILL');
    receiver.reset();

    const now = new Date(Date.now() + leaseAndMoreMs);
    const next = await startService({ clock: new FakeClock(now), databaseUrl, config: settings });
    const [again] = await receiver.has(1);
    expect(again?.text).toBe(first?.text);
    const [delivery] = await eventually(async () => {
      const { body } = await operatorClient(next)
        .get(`/operator/webhooks/${hook.id}/deliveries?state=delivered`)
        .expect(200);
      return body.items.length === 1 ? body.items : null;
    });
    expect(delivery).toMatchObject({ attempts: 2 });
    for (const secret of [
      hook.secret,
      hook.secret.slice('whsec_'.length),
      'of-the-receiver',
      'ada@example.com',
    ])
      expect(process.output()).not.toContain(secret);
    expect(process.output()).toContain(hook.id);
    await next.stop();
  });
});
