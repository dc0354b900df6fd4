import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { usesOfTables } from '../harness/sql-texts.ts';

const root = join(import.meta.dirname, '../..');

/** Which room a table belongs to: it writes the table, and the rooms to its right may read it. */
const owners: Readonly<Record<string, string>> = {
  cursor_key: 'database',
  audit_log: 'audit',
  audit_log_target: 'audit',
  audit_head: 'audit',
  audit_publication: 'audit',
  published_audit: 'audit',
  event: 'events',
  event_head: 'events',
  event_receipt: 'events',
  published_event: 'events',
  moved_cursor_key: 'events',
  publication: 'events',
  product_key: 'operator-access',
  product_key_secret: 'operator-access',
  workspace: 'workspaces',
  workspace_erasure: 'workspaces',
  admin_link: 'workspaces',
  admin_session: 'workspaces',
  vendor_identity: 'workspaces',
  screen_embedding: 'workspaces',
  screen_branding: 'workspaces',
  spent_assertion: 'workspaces',
  api_token: 'tokens',
  api_token_secret: 'tokens',
  oauth_client_secret: 'tokens',
  token_attempt: 'tokens',
  provisioning_log: 'provisioning-log',
  provisioning_log_body: 'provisioning-log',
  provisioning_log_day: 'provisioning-log',
  provisioning_log_note: 'provisioning-log',
  sync_queue: 'sync-queue',
  directory_user: 'scim',
  directory_group: 'scim',
  directory_group_member: 'scim',
  directory_event: 'scim',
  directory_count: 'scim',
  declared_roles: 'member-directory',
  member: 'member-directory',
  member_group: 'member-directory',
  member_group_member: 'member-directory',
  property: 'member-directory',
  attribute_mapping: 'attribute-mapping',
  attribute_mapping_rule: 'attribute-mapping',
  role_mapping: 'role-mapping',
  sync_run: 'sync',
  sync_run_person: 'sync',
  sync_link: 'sync',
  former_link: 'sync',
  erased_identity: 'sync',
  erasure_salt: 'sync',
  sync_change: 'sync',
  sync_group_change: 'sync',
  suppressed_group: 'sync',
  sync_pending_reference: 'sync',
  nightly_claim: 'sync',
  member_digest: 'host-product',
  webhook: 'webhooks',
  webhook_delivery: 'webhooks',
  notification: 'notifications',
  notification_cause: 'notifications',
  notification_channel: 'notifications',
  notification_delivery: 'notifications',
  notification_state: 'notifications',
  simulation: 'sandbox',
};

interface Exception {
  room: string;
  may: 'read' | 'write';
  tables: readonly string[];
  because: string;
}

const exceptions: readonly Exception[] = [
  {
    room: 'audit',
    may: 'read',
    tables: ['workspace'],
    because: 'what is left of a workspace that is gone is deleted',
  },
  {
    room: 'events',
    may: 'read',
    tables: ['workspace'],
    because: 'an event names its workspace as the host product does, and nothing else of it',
  },
  {
    room: 'sync-queue',
    may: 'read',
    tables: [
      'directory_user',
      'directory_group',
      'directory_group_member',
      'member_group',
      'member_group_member',
      'attribute_mapping',
      'role_mapping',
      'sync_link',
    ],
    because:
      'a change of members, groups or rules concerns people by what they are linked to; one statement queues them',
  },
  {
    room: 'scim',
    may: 'write',
    tables: ['suppressed_group'],
    because: 'a new name lifts what was suppressed about a group, in the statement that gives it',
  },
  {
    room: 'scim',
    may: 'read',
    tables: ['suppressed_group'],
    because:
      'on several nodes, the statement that gives a new name is only for groups of which nothing is suppressed',
  },
  {
    room: 'scim',
    may: 'read',
    tables: ['sync_link'],
    because: 'the statement that creates a user says whether they return, without another round trip',
  },
  {
    room: 'member-directory',
    may: 'read',
    tables: ['sync_link'],
    because:
      'a member is shown, filtered and paged by whether their removal is held, and by whether they can be linked',
  },
  {
    room: 'attribute-mapping',
    may: 'read',
    tables: ['sync_link'],
    because: 'the preview of rules compares people with the members they are linked to',
  },
  {
    room: 'personal-data',
    may: 'write',
    tables: [
      'directory_event',
      'directory_user',
      'directory_group',
      'directory_group_member',
      'event',
      'member',
      'member_group_member',
      'sync_link',
    ],
    because:
      'a person is erased from all rooms in one transaction, and what is no longer kept goes from all of them',
  },
  {
    room: 'sync',
    may: 'write',
    tables: ['member', 'member_group', 'member_group_member'],
    because:
      'runs carry decisions out a batch at a time, in the statements that write links, changes and groups',
  },
];

interface Rules {
  forbidden: readonly { name: string; from: { path?: string } }[];
}

/** The rooms from left to right, as the check of imports has them. */
function street(): string[] {
  const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Rules;
  return forbidden.flatMap(({ name, from }) => {
    const [, room] = /^street-(.*)$/.exec(name) ?? [];
    return room !== undefined && from.path === `^src/${room}/` ? [room] : [];
  });
}

describe('tables', () => {
  const rooms = street();
  const uses = usesOfTables(new Set(Object.keys(owners)));

  it('each belong to the room that describes them', () => {
    const found = globSync('src/**/*.table.ts', { cwd: root }).flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return [...text.matchAll(/\btable\(\s*'(\w+)'/g)].map(
        ([, table = '']) => [table, file.split('/')[1]] as const,
      );
    });
    expect(Object.fromEntries(found)).toEqual(owners);
  });

  it('are written by their room, and read by that and the rooms to its right, but for the exceptions', () => {
    const isAllowed = ({ room, table, kind }: (typeof uses)[number]): boolean => {
      const owner = owners[table] ?? '';
      if (room === owner || (kind === 'read' && rooms.indexOf(room) > rooms.indexOf(owner))) return true;
      return exceptions.some(
        ({ may, ...each }) => each.room === room && may === kind && each.tables.includes(table),
      );
    };
    const strangers = uses.filter((use) => !isAllowed(use));
    expect(strangers.map(({ place, kind, table }) => `${place} ${kind}s ${table}`)).toEqual([]);
    expect(uses.length).toBeGreaterThan(300);
  });

  it('have no exception that nobody needs any more', () => {
    const idle = exceptions.flatMap(({ room, may, tables }) =>
      tables
        .filter((table) => !uses.some((use) => use.room === room && use.kind === may && use.table === table))
        .map((table) => `${room} ${may}s ${table}`),
    );
    expect(idle).toEqual([]);
  });

  it('are told apart: a write from a read, and a lock from a write', () => {
    const kinds = (table: string, room: string) =>
      new Set(uses.filter((use) => use.table === table && use.room === room).map(({ kind }) => kind));
    expect(kinds('sync_queue', 'sync')).toEqual(new Set(['read']));
    expect(kinds('sync_queue', 'sync-queue')).toEqual(new Set(['write', 'read']));
    expect(kinds('directory_user', 'scim')).toEqual(new Set(['write', 'read']));
  });
});
