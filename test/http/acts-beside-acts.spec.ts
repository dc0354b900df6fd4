import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { useService } from '../harness/use-service.ts';
import {
  givenProductKey,
  givenWorkspace,
  operatorClient,
  productClient,
  type TestWorkspace,
} from '../harness/workspace.ts';
import { givenUser } from '../scim/directory.ts';
import { waitingStatements } from '../harness/waiting-statements.ts';

const service = useService();
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await givenWorkspace(service);
});

interface Act {
  /** What it is about. */
  prepare?: () => Promise<string>;
  /** @returns the status of its answer */
  carryOut: (id: string) => Promise<number>;
  /** A lock that it has, by the time that it records what it did. */
  holds: string;
  recorded: string;
  /** Whose log has one line about it. */
  saidBy?: string;
}

const rowOfWorkspace = 'SELECT FROM workspace WHERE id = $1 FOR UPDATE';
const rowsOfMembers = 'SELECT FROM member WHERE workspace_id = $1 FOR UPDATE';
const decisions = `SELECT pg_advisory_xact_lock(hashtextextended('links:' || $1::uuid::text, 0))`;

async function givenMember(): Promise<string> {
  const { body } = await workspace.admin
    .post('/api/members', { email: 'ann@example.com', firstName: 'Ann' })
    .expect(201);
  return body.id;
}
const aPerson = async () => (await givenUser(workspace.scim)).id;
const nobody = () => Promise.resolve('');

const acts: Readonly<Record<string, Act>> = {
  'the end of provisioning': {
    carryOut: async () => (await workspace.admin.post('/api/user-provisioning/deactivate')).status,
    holds: rowOfWorkspace,
    recorded: 'provisioning.deactivated',
  },
  'a change of settings': {
    carryOut: async () =>
      (await workspace.admin.patch('/api/user-provisioning/settings', { graceDays: 5 })).status,
    holds: rowOfWorkspace,
    recorded: 'settings.changed',
  },
  'a new API token': {
    carryOut: async () => (await workspace.admin.post('/api/tokens', { name: 'Second' })).status,
    holds: rowOfWorkspace,
    recorded: 'token.issued',
  },
  'the removal of a member': {
    prepare: givenMember,
    carryOut: async (id) => (await workspace.admin.delete(`/api/members/${id}`)).status,
    holds: rowsOfMembers,
    recorded: 'member.removed',
  },
  'one act about many members': {
    prepare: givenMember,
    carryOut: async (id) =>
      (
        await workspace.admin.post('/api/members/bulk', {
          action: 'deactivate',
          memberIds: [id],
        })
      ).status,
    holds: rowsOfMembers,
    recorded: 'members.deactivated',
  },
  'a decision about a person': {
    prepare: aPerson,
    carryOut: async (id) => (await workspace.admin.post(`/api/sync-preview/${id}/exclude`)).status,
    holds: decisions,
    recorded: 'person.excluded',
  },
  'a member from the host product': {
    prepare: async () => {
      await givenMember();
      return (await givenProductKey(service)).secret;
    },
    carryOut: async (key) =>
      (
        await productClient(service, key).put(`/operator/workspaces/${workspace.id}/members/ext:1`, {
          email: 'ann@example.com',
          lastName: 'Smith',
        })
      ).status,
    holds: rowsOfMembers,
    recorded: 'member.updated',
  },
  'a new secret of a product key': {
    prepare: async () => (await givenProductKey(service, { workspaceIds: [workspace.id] })).id,
    carryOut: async (id) => (await operatorClient(service).post(`/operator/keys/${id}/rotate`)).status,
    holds: 'SELECT FROM product_key WHERE workspace_ids = ARRAY[$1::uuid] FOR UPDATE',
    recorded: 'product-key.rotated',
    saidBy: 'ProductKeysService',
  },
  'a new secret of a webhook': {
    prepare: async () => {
      const body = { url: 'https://hooks.example.com/events', workspaceIds: [workspace.id] };
      return (await operatorClient(service).post('/operator/webhooks', body).expect(201)).body.id;
    },
    carryOut: async (id) => (await operatorClient(service).post(`/operator/webhooks/${id}/rotate`)).status,
    holds: 'SELECT FROM webhook WHERE workspace_ids = ARRAY[$1::uuid] FOR UPDATE',
    recorded: 'webhook.rotated',
    saidBy: 'WebhooksService',
  },
  'the erasure of a person': {
    prepare: aPerson,
    carryOut: async (id) =>
      (
        await operatorClient(service).post(
          `/operator/workspaces/${workspace.id}/directory-users/${id}/erase`,
          { reason: 'Asked for' },
        )
      ).status,
    holds: decisions,
    recorded: 'person.erased',
  },
  'the erasure of a workspace': {
    carryOut: async () =>
      (await operatorClient(service).delete(`/operator/workspaces/${workspace.id}`)).status,
    holds: rowOfWorkspace,
    recorded: 'workspace.disentitled',
  },
};

/** Somebody else, who has what each act takes last, and who never gives in: PostgreSQL ends the act instead. */
async function stubbornOther(): Promise<QueryRunner> {
  const other = service.dataSource.createQueryRunner();
  await other.startTransaction();
  await other.query(`SET LOCAL deadlock_timeout = '10min'`);
  await other.query('SELECT FROM audit_head WHERE workspace_id = $1 FOR UPDATE', [workspace.id]);
  return other;
}

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    if ((await waitingStatements(service.dataSource)) > 0) return;
  }
}

/** What a provider of the service writes into the log. */
function logOf(provider: string): { log: (...said: unknown[]) => void } {
  return service.provider<{ logger: { log: (...said: unknown[]) => void } }>(provider).logger;
}

async function recordsOf(action: string): Promise<number> {
  const [row] = await service.dataSource.query<{ n: number }[]>(
    'SELECT count(*)::integer AS n FROM audit_log WHERE workspace_id = $1 AND action = $2',
    [workspace.id, action],
  );
  return row?.n ?? 0;
}

describe('an act that waits for another, which waits for it', () => {
  it.each(Object.keys(acts))('is done once, and answered as if it had been alone: %s', async (name) => {
    const { prepare = nobody, carryOut, holds, recorded, saidBy } = acts[name]!;
    const id = await prepare();
    const said = saidBy === undefined ? null : jest.spyOn(logOf(saidBy), 'log');
    const before = await recordsOf(recorded);
    const other = await stubbornOther();
    const answer = carryOut(id);
    await untilSomebodyWaits();
    // It is PostgreSQL that lets this through: by then it has ended the act.
    await other.query(holds, [workspace.id]);
    const isErasure = name === 'the erasure of a workspace';
    await other.commitTransaction();
    await other.release();
    expect(await answer).toBeLessThan(300);
    expect(await recordsOf(recorded)).toBe(isErasure ? 0 : before + 1);
    if (said !== null) expect(said.mock.calls).toHaveLength(1);
    said?.mockRestore();
  });
});
