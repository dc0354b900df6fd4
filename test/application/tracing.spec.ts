import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cloneDatabase } from '../harness/database.ts';
import { OtlpReceiver, type ReceivedSpan } from '../harness/otlp-receiver.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { operatorToken } from '../harness/service.ts';
import { eventually, runEnded } from '../harness/synchronize.ts';
import { givenWorkspace, type Host } from '../harness/workspace.ts';
import { Mailbox } from '../notifications/mailbox.ts';
import { useReceiver } from '../webhooks/receiver.ts';

const trace = 'aaaabbbbccccddddeeeeffff00001111';
const callersSpan = '1234567890abcdef';
const traceparent = `00-${trace}-${callersSpan}-01`;
const canary = 'Wilhelmina';

const receiver = useReceiver();
const mailbox = new Mailbox();
const collector = new OtlpReceiver();
const running: ServiceProcess[] = [];

beforeAll(async () => {
  await Promise.all([collector.listen(), mailbox.listen()]);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop('SIGKILL')));
});
afterAll(async () => {
  await Promise.all([collector.close(), mailbox.close()]);
});

async function start(more: Record<string, string>): Promise<{ process: ServiceProcess; host: Host }> {
  const { url } = await cloneDatabase();
  const process = await startServiceProcess({
    DATABASE_URL: url,
    OPERATOR_TOKEN: operatorToken,
    SECRETS_KEY: 'a-key-of-the-tests-for-secrets-0',
    WEBHOOK_ALLOW_PRIVATE: 'on',
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'no-reply@provisioning.example',
    // The blank does not count.
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url} `,
    OTEL_SERVICE_NAME: 'tested',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    ...more,
  });
  running.push(process);
  return { process, host: { http: plainHttp(process.url), config: { operatorToken } } };
}

const ofTrace = (id: string): ReceivedSpan[] => collector.spans.filter(({ traceId }) => traceId === id);

async function arrived(name: string, traceId = trace): Promise<ReceivedSpan> {
  return eventually(() => Promise.resolve(ofTrace(traceId).find((span) => span.name === name) ?? null));
}

describe('with a collector', () => {
  it('a trace goes from the request through its run to the event, the webhook and the mail; no span tells of a person or a secret', async () => {
    const { host, process } = await start({});
    const { operator, admin, scim, id, token, adminToken } = await givenWorkspace(host);
    await operator
      .post('/operator/webhooks', { url: receiver.url, types: ['member.created'], workspaceIds: [id] })
      .expect(201);
    await admin.patch('/api/notifications', { mine: { causes: ['conflicts'], language: 'en' } }).expect(200);
    await givenPerson(scim, `${canary}@example.com`, { displayName: canary });
    await givenPerson(scim, 'nobody', { emails: [] });
    await admin.get(`/api/members?search=${canary}`).expect(200);
    const { body: run } = await admin.post('/api/sync-runs', {}).set('traceparent', traceparent).expect(202);
    await runEnded(admin, run.id);
    const [delivered] = await receiver.has(1);

    const request = await arrived('POST /api/sync-runs');
    expect(request).toMatchObject({
      service: 'tested',
      parentId: callersSpan,
      kind: 2,
      isError: false,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/api/sync-runs',
        'http.response.status_code': 202,
        'provisioning.workspace.id': id,
      },
    });
    const work = await arrived('run manual');
    expect(work).toMatchObject({ parentId: request.spanId, kind: 5 });
    expect(work.attributes).toMatchObject({ 'provisioning.run.id': run.id });
    const batch = await arrived('run batch');
    expect(batch.parentId).toBe(work.spanId);
    expect(ofTrace(trace).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['append events', 'SELECT', 'INSERT', 'UPDATE']),
    );
    const sent = await arrived('send event');
    expect(sent).toMatchObject({ kind: 3, attributes: { 'http.response.status_code': 204 } });
    expect(delivered?.headers['traceparent']).toBe(`00-${trace}-${sent.spanId}-01`);
    const cause = (JSON.parse(delivered?.text ?? '{}') as { cause?: { traceparent?: string } }).cause;
    expect(cause?.traceparent).toBe(`00-${trace}-${sent.parentId}-01`);
    expect(process.output()).toContain(`"traceId":"${trace}"`);

    await mailbox.has(1);
    await eventually(() =>
      Promise.resolve(collector.spans.find(({ name }) => name === 'send email') ?? null),
    );
    const all = Buffer.concat(collector.bodies).toString('latin1');
    for (const secret of [
      canary,
      canary.toLowerCase(),
      'admin@example.com',
      token,
      adminToken,
      operatorToken,
    ])
      expect(all).not.toContain(secret);
    const names = new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...names].filter((name) => !allowed.has(name))).toEqual([]);
  });

  it('what the caller does not trace is not sent, and goes on untraced', async () => {
    const { host } = await start({});
    const { admin, operator, id } = await givenWorkspace(host);
    await operator
      .post('/operator/webhooks', { url: receiver.url, types: ['member.created'], workspaceIds: [id] })
      .expect(201);
    const unsampled = '0123456789abcdef0123456789abcdef';
    await admin
      .post('/api/members', { email: 'ada@example.com' })
      .set('traceparent', `00-${unsampled}-${callersSpan}-00`)
      .expect(201);
    const [delivered] = await receiver.has(1);
    expect(delivered?.headers['traceparent']).toMatch(new RegExp(`^00-${unsampled}-[\\da-f]{16}-00$`));
    await admin.get('/api/members').set('traceparent', traceparent.replace(/a/g, '9')).expect(200);
    await arrived('GET /api/members', trace.replace(/a/g, '9'));
    expect(ofTrace(unsampled)).toEqual([]);
  });

  it('a stop sends what was gathered', async () => {
    const { process, host } = await start({ OTEL_BSP_SCHEDULE_DELAY: '600000' });
    const last = '99999999999999999999999999999999';
    await host.http
      .get('/operator/workspaces')
      .set('Authorization', `Bearer ${operatorToken}`)
      .set('traceparent', `00-${last}-${callersSpan}-01`)
      .expect(200);
    expect(ofTrace(last)).toEqual([]);
    expect(await process.stop()).toEqual({ code: 0, signal: null });
    expect(ofTrace(last).map(({ name }) => name)).toContain('GET /operator/workspaces');
  });
});

describe('a collector that is', () => {
  it.each([
    ['silent', () => silent.url],
    ['not there', () => 'http://127.0.0.1:9'],
  ])(
    '%s delays nothing and loses no request, what is lost is told of, and a stop ends in time',
    async (_, url) => {
      const { process, host } = await start({
        OTEL_EXPORTER_OTLP_ENDPOINT: url(),
        OTEL_BSP_MAX_QUEUE_SIZE: '20',
        OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      });
      const since = performance.now();
      for (let n = 0; n < 50; n += 1)
        await host.http
          .get('/operator/workspaces')
          .set('Authorization', `Bearer ${operatorToken}`)
          .expect(200);
      expect(performance.now() - since).toBeLessThan(15_000);
      const says = /did not take \d+ spans, which are lost/;
      await eventually(() => Promise.resolve(says.exec(process.output())));
      const stopping = performance.now();
      expect(await process.stop()).toEqual({ code: 0, signal: null });
      expect(performance.now() - stopping).toBeLessThan(10_000);
    },
  );

  const silent = new OtlpReceiver();
  beforeAll(async () => {
    silent.answering = null;
    await silent.listen();
  });
  afterAll(() => silent.close());
});

describe('without a collector', () => {
  it('nothing of it is loaded', () => {
    const src = join(import.meta.dirname, '../../src');
    const importing = (what: RegExp) =>
      globSync('**/*.ts', { cwd: src }).filter((file) => what.test(readFileSync(join(src, file), 'utf8')));
    expect(importing(/from '@opentelemetry\//)).toEqual(['tracing/open-telemetry.ts']);
    expect(importing(/open-telemetry\.ts'/)).toEqual(['tracing/start-tracing.ts']);
    expect(readFileSync(join(src, 'tracing/start-tracing.ts'), 'utf8')).toContain(
      "await import('./open-telemetry.ts')",
    );
  });
});

/** Whatever else a span says must be thought about: whose is it, and may a collector have it? */
const allowed: ReadonlySet<string> = new Set([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'db.system.name',
  'db.query.text',
  'error.type',
  'provisioning.aborted',
  'provisioning.channel.kind',
  'provisioning.events',
  'provisioning.people',
  'provisioning.run.attempts',
  'provisioning.run.id',
  'provisioning.webhook.id',
  'provisioning.workspace.id',
]);
