import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findingCodes } from '../../src/doctor/rules/rule.ts';
import type { Schema } from '../harness/answers.ts';
import type { Span } from '../harness/fake-clock.ts';
import { useService } from '../harness/use-service.ts';
import {
  adminClient,
  type Client,
  givenWorkspace,
  signIn,
  type TestWorkspace,
} from '../harness/workspace.ts';
import { fillIn, readPath, type Step } from '../scim/transcript.ts';

type Findings = Schema<'FindingsResponse'>;

/** How the API token is spoilt on its way. */
type Credentials = 'truncated' | 'doubled' | 'revoked' | 'expired';

/** A request, or several that differ in `{n}`, which is counted in three digits; or a pause. */
type DoctorStep =
  (Step & { times?: number; startAt?: number; credentials?: Credentials; wait?: undefined }) | { wait: Span };

/** Traffic of one identity provider that shows one thing wrong, and how the traffic goes on once it is fixed. */
interface DoctorTranscript {
  client: string;
  source: string;
  /** Null: nothing is wrong. */
  finding: string | null;
  params?: Record<string, unknown>;
  steps: DoctorStep[];
  fixed?: DoctorStep[];
}

const folder = join(import.meta.dirname, 'transcripts');
const transcripts = readdirSync(folder).map((file): [string, DoctorTranscript] => [
  file,
  JSON.parse(readFileSync(join(folder, file), 'utf8')) as DoctorTranscript,
]);
const service = useService();

describe('a recorded transcript', () => {
  it('exists for each finding', () => {
    expect(findingCodes.length).toBeGreaterThanOrEqual(15);
    expect(transcripts.flatMap(([, { finding }]) => finding ?? []).sort()).toEqual([...findingCodes].sort());
  });

  describe.each(transcripts)('%s', (_file, { client, finding, params = {}, steps, fixed = [] }) => {
    let play: Player;
    beforeAll(async () => {
      play = new Player(await givenWorkspace(service, { name: client }));
      await play.steps(steps);
    });

    if (finding === null) {
      it('of healthy traffic shows nothing', async () => {
        expect((await play.findings()).items).toEqual([]);
      });
      return;
    }

    it(`shows ${finding}, and nothing else`, async () => {
      const { items } = await play.findings();
      expect(items.map(({ code }) => code)).toEqual([finding]);
      expect(items[0]?.params).toMatchObject(params);
    });

    it('words it and its fix in both languages, with everything filled in', async () => {
      for (const language of ['en', 'de']) {
        const [item] = (await play.findings(language)).items;
        const texts = [item?.title, item?.text, ...(item?.fix.steps ?? [])];
        expect(texts.length).toBeGreaterThan(2);
        for (const text of texts) expect(text).not.toMatch(/^$|[{}]|–|undefined/);
      }
    });

    it('shows it no more once it is fixed', async () => {
      await play.steps(fixed);
      const { items } = await play.findings();
      expect(items.map(({ code }) => code)).not.toContain(finding);
    });
  });
});

/** Plays transcripts in a workspace, and asks as its admin what they show. */
class Player {
  private readonly workspace: TestWorkspace;
  private readonly variables = new Map<string, string>();
  private readonly spoilt = new Map<Credentials, string>();
  private admin: Client | null = null;

  constructor(workspace: TestWorkspace) {
    this.workspace = workspace;
  }

  async steps(steps: readonly DoctorStep[]): Promise<void> {
    for (const step of steps) {
      if (step.wait === undefined) await this.request(step);
      else this.wait(step.wait);
    }
  }

  async findings(language = 'en'): Promise<Findings> {
    this.admin ??= adminClient(service, await signIn(service, this.workspace.id));
    const asked = this.admin.get('/api/user-provisioning/findings').set('Accept-Language', language);
    return (await asked.expect(200)).body;
  }

  /** Sessions end meanwhile: transcripts last for months. */
  private wait(span: Span): void {
    service.clock.advance(span);
    this.admin = null;
  }

  private async request(step: Exclude<DoctorStep, { wait: Span }>): Promise<void> {
    const { times = 1, startAt = 1, credentials } = step;
    const bearer = credentials === undefined ? this.workspace.token : await this.spoiltToken(credentials);
    for (let n = startAt; n < startAt + times; n += 1) {
      const counted = fillIn(step, new Map([['n', String(n).padStart(3, '0')]]));
      const { request, expect: expected, remember = {} } = fillIn(counted, this.variables);
      const { method, path, headers = {}, body } = request;
      const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
      const sent = service.http[verb](`/scim/v2${path}`).set({
        Authorization: `Bearer ${bearer}`,
        ...headers,
      });
      if (body !== undefined)
        void sent.set('Content-Type', 'application/scim+json').send(JSON.stringify(body));
      const answer = await sent;
      if (answer.status !== expected.status)
        throw new Error(`${step.guarantee}: ${answer.status} ${answer.text}`);
      for (const [name, at] of Object.entries(remember))
        this.variables.set(name, String(readPath(answer.body, at)));
    }
  }

  private async spoiltToken(how: Credentials): Promise<string> {
    const { token, admin } = this.workspace;
    if (how === 'truncated') return token.slice(0, -10);
    if (how === 'doubled') return `Bearer ${token}`;
    const known = this.spoilt.get(how);
    if (known !== undefined) return known;
    const expiresAt =
      how === 'expired' ? new Date(service.clock.now().getTime() + 60_000).toISOString() : null;
    const { body } = await admin.post('/api/tokens', { name: 'Old', expiresAt }).expect(201);
    if (how === 'revoked') await admin.delete(`/api/tokens/${body.id}`).expect(204);
    else service.clock.advance({ minutes: 2 });
    this.spoilt.set(how, body.secret);
    return body.secret;
  }
}
