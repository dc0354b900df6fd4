import { beforeEach, describe, expect, it } from '@jest/globals';
import { dbOf } from '../../src/database/db-of.ts';
import { isDistributed } from '../../src/database/distributed.ts';
import { sql } from '../../src/database/sql.ts';
import type { LateReferencesService } from '../../src/scim/groups/late-references.service.ts';
import { claimDeliveries } from '../../src/webhooks/deliveries/claim-deliveries.ts';
import { givenGroup, givenUser, patchOf } from '../scim/directory.ts';
import type { Schema } from '../harness/answers.ts';
import { type Place, useSeveralAndPlain } from '../harness/several-nodes.ts';
import { eventually } from '../harness/synchronize.ts';
import { type Client, givenWorkspace } from '../harness/workspace.ts';

const { several, plain, sent } = useSeveralAndPlain();

beforeEach(() => {
  sent.length = 0;
});

async function decisionOf(operator: Client, check: object): Promise<string> {
  const { body } = await operator.post('/operator/access-checks', check).expect(200);
  return (body as Schema<'AccessCheckResponse'>).decision;
}

/** What both places answer must be the same. */
async function inBoth<Answer>(ask: (place: Place) => Promise<Answer>): Promise<Answer> {
  const elsewhere = await ask(plain);
  sent.length = 0;
  const found = await ask(several);
  expect(found).toEqual(elsewhere);
  return found;
}

describe('a statement that a node carries out', () => {
  it('gets every text of an array as it is', async () => {
    const { service, workspace } = several;
    const texts = ['plain', 'a "quoted" one', String.raw`back\slash`, 'a,b', '{}', `it's`, '', null];
    await isDistributed(service.dataSource);
    const statement = sql<{ given: (string | null)[] }>`SELECT ${texts}::text[] AS given`;
    const { rows } = await dbOf(service.dataSource).run(
      statement.onOneNode(workspace.id, { given: 'text[]' }),
    );
    expect(rows).toEqual([{ given: texts }]);
    expect(sent.some((text) => text.includes('on_node_rows'))).toBe(true);
  });

  it('is sent as it is within a transaction, where a part of it reads what another one writes', async () => {
    const { scim } = several.workspace;
    const user = await givenUser(scim);
    const group = await givenGroup(scim, { displayName: 'Before' }, []);
    const rename = { op: 'replace', path: 'displayName', value: 'After' };
    const join = { op: 'add', path: 'members', value: [{ value: user.id }] };
    sent.length = 0;
    await scim.patch(`/Groups/${group.id}`, patchOf(rename, join)).expect(204);
    expect(sent.filter((text) => /UPDATE directory_group SET/u.test(text))).toHaveLength(2);
    expect(sent.filter((text) => text.includes('in_transaction_on_node'))).toEqual([]);
  });
});

describe('where rows lie on several nodes, a statement names one workspace', () => {
  it('in the feed over all workspaces, whose events and order are the same', async () => {
    const subjects = ['a1', 'b1', 'a2', 'b2'].map((name) => `${name}@feed.example`);
    const seen = await inBoth(async ({ service, workspace }) => {
      const other = await givenWorkspace(service);
      const { operator } = workspace;
      const { body: begun } = await operator.get('/operator/events?after=now').expect(200);
      const pages = (more: string, count = subjects.length) =>
        eventually(async () => {
          const found: unknown[] = [];
          for (let next = begun.next; ;) {
            const { body } = await operator.get(`/operator/events?after=${next}${more}`).expect(200);
            const emails = body.items.map(({ data }) => (data as { email?: string }).email);
            found.push(...emails.filter((email) => email !== undefined));
            if (!body.more) break;
            next = body.next;
          }
          return found.length >= count ? found : null;
        });
      for (const [at, email] of subjects.entries()) {
        await [workspace, other][at % 2]?.admin.post('/api/members', { email }).expect(201);
        // Events of several workspaces that get their place together have it workspace by workspace.
        await pages('', at + 1);
      }
      return { whole: await pages(''), oneByOne: await pages('&types=member.created&limit=1') };
    });
    expect(seen.oneByOne).toEqual(seen.whole);
    expect(seen.whole.toSorted()).toEqual(subjects.toSorted());
    const ofRanges = sent.filter((text) => text.includes('r(workspace_id, after, up_to, ordinal)'));
    expect(ofRanges).not.toEqual([]);
    expect(ofRanges.filter((text) => text.includes('workspace_id = r.workspace_id'))).toEqual([]);
  });

  it('in a check of access by another name of the workspace', async () => {
    const decisions = await inBoth(async ({ workspace: { id, admin, operator } }) => {
      await operator.patch(`/operator/workspaces/${id}`, { externalId: 'acme/1' }).expect(200);
      await admin.post('/api/members', { email: 'in@example.com' }).expect(201);
      const check = { workspace: 'ext:acme/1', email: 'in@example.com' };
      const decision = await decisionOf(operator, check);
      const unknown = { ...check, workspace: 'ext:nobody' };
      return [decision, await decisionOf(operator, unknown)];
    });
    expect(decisions).toEqual(['allow', 'unknown']);
    const ofCheck = sent.filter((text) => text.startsWith('WITH asked AS'));
    expect(ofCheck).toHaveLength(1);
    expect(ofCheck[0]).not.toContain('SELECT id FROM asked)');
  });

  it('in what needs somebody', async () => {
    const needs = await inBoth(async ({ service, workspace: { operator } }) => {
      const { id, admin } = await givenWorkspace(service, { name: 'Tokenless AG' });
      const [token] = (await admin.get('/api/tokens').expect(200)).body.items;
      await admin.delete(`/api/tokens/${token?.id}`).expect(204);
      const { body } = await operator.get('/operator/attention').expect(200);
      return body.items.filter((item) => item.id === id).map((item) => [item.name, item.needs]);
    });
    expect(needs).toMatchObject([['Tokenless AG', [{ code: 'no-token' }]]]);
    expect(sent.filter((text) => /sync_link.*api_token/su.test(text))).toEqual([]);
  });

  it('in the events of webhooks that are to be sent', async () => {
    const claimed = await inBoth(async ({ service, workspace: { id, admin } }) => {
      const { body: member } = await admin.post('/api/members', { email: 'sent@example.com' }).expect(201);
      // Due so late that the service itself leaves it, and made so late that nothing else is to be sent.
      const due = new Date(service.clock.now().getTime() + 86_400_000);
      await service.dataSource.query(
        `WITH made AS (
           INSERT INTO webhook (id, url, secrets, state, position, created_at, updated_at)
           VALUES (uuidv7(), 'https://product.example/', '[]', 'active', 9223372036854775807, $2, $2) RETURNING id)
         INSERT INTO webhook_delivery (id, webhook_id, workspace_id, sequence, type, ordered_by, urgent, state,
           next_attempt_at, created_at)
         SELECT uuidv7(), made.id, e.workspace_id, e.sequence, e.type, e.subject_id, false, 'pending', $2, $2
         FROM made, event e WHERE e.workspace_id = $1 AND e.subject_id = $3`,
        [id, due, member.id],
      );
      const claim = { urgent: false, eachMax: 10, eachFailingMax: 10, underWay: new Map<string, number>() };
      const times = { now: due, leasedUntil: new Date(due.getTime() + 60_000) };
      const isSeveral = await isDistributed(service.dataSource);
      const found = await claimDeliveries(dbOf(service.dataSource), { ...claim, ...times }, isSeveral);
      return found.map(({ event }) => {
        const { workspaceId, data } = JSON.parse(event?.json ?? '{}') as {
          workspaceId: string;
          data: object;
        };
        return [event?.workspaceId === id, workspaceId === id, (data as { email?: string }).email];
      });
    });
    expect(claimed).toEqual([[true, true, 'sent@example.com']]);
    const ofEvents = sent.filter((text) => text.includes('e.sequence = ANY'));
    expect(ofEvents).toHaveLength(1);
    expect(ofEvents[0]).not.toContain('FROM workspace WHERE id = o.id');
  });

  it('in references that arrived together with their user', async () => {
    const seen = await inBoth(async ({ service, workspace: { id, scim } }) => {
      const user = await givenUser(scim, { externalId: 'late' });
      const group = await givenGroup(scim, {}, []);
      await service.dataSource.query(
        `INSERT INTO directory_group_member (workspace_id, group_id, value) VALUES ($1, $2, 'late'), ($1, $2, 'nobody')`,
        [id, group.id],
      );
      const late = service.provider<LateReferencesService>('LateReferencesService');
      await late.resolve();
      // The service resolves them by itself as well, and may be the one that did it.
      const members = await eventually(async () => {
        const { body } = await scim.get(`/Groups/${group.id}`).expect(200);
        const values = (body as unknown as { members: { value: string }[] }).members.map(
          ({ value }) => value,
        );
        return values.includes(user.id) ? values : null;
      });
      return { again: await late.resolve(), others: members.filter((one) => one !== user.id) };
    });
    expect(seen).toEqual({ again: 0, others: ['nobody'] });
    expect(sent.filter((text) => text.startsWith('WITH late AS') && text.includes('DELETE'))).toEqual([]);
  });

  it('in the event about an API token that is revoked, and in the list of what came by it', async () => {
    const told = await inBoth(async ({ workspace }) => {
      await givenUser(workspace.scim);
      const { body: log } = await workspace.admin.get('/api/provisioning-log').expect(200);
      const [token] = (await workspace.admin.get('/api/tokens').expect(200)).body.items;
      await workspace.admin.delete(`/api/tokens/${token?.id}`).expect(204);
      const query = `workspaceId=${workspace.id}&types=token.revoked`;
      const { body } = await workspace.operator.get(`/operator/events?${query}`).expect(200);
      const ids = [log.items[0]?.token?.id, body.items[0]?.subject.id];
      return ids.map((id) => id === token?.id);
    });
    expect(told).toEqual([true, true]);
    // Tokens lie on another node than events and the log, and are read by themselves.
    expect(sent.filter((text) => /^SELECT row_number.* FROM api_token t/su.test(text))).toHaveLength(1);
    expect(sent.filter((text) => /provisioning_log l.* JOIN api_token/su.test(text))).toEqual([]);
  });
});
