/** What of another workspace a request may name. */
export type Kind =
  | 'user'
  | 'group'
  | 'token'
  | 'client'
  | 'session'
  | 'member'
  | 'property'
  | 'memberGroup'
  | 'mapping'
  | 'run'
  | 'channel'
  | 'entry'
  | 'workspace'
  | 'event';

export type Ids = Readonly<Record<Kind, string>>;

/** How somebody of one workspace can name what is of another: in the path, the query or the body. */
export interface Way {
  path?: Readonly<Record<string, Kind>>;
  query?: Readonly<Record<string, Kind>>;
  /** A body that would be right if the ids were ours. */
  body?: (ids: Ids) => object | string;
}

/** `own`: it names nothing but the workspace of the credentials; `operator`: no credentials of a workspace open it. */
export type Verdict = 'own' | 'operator' | Way;

const id = (kind: Kind, body?: Way['body']): Way => ({ path: { id: kind }, ...(body && { body }) });
const person = (body?: Way['body']): Way => ({ path: { directoryUserId: 'user' }, ...(body && { body }) });
const member = (body?: Way['body']): Way => ({
  path: { id: 'workspace', member: 'member' },
  ...(body && { body }),
});
const users = ({ user }: Ids) => ({ directoryUserIds: [user] });
const patch = (path: string, value: unknown) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'add', path, value }],
});
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const filters = { groupId: 'memberGroup', managerId: 'member' } as const;

/** Every operation of the OpenAPI document. */
export const verdicts: Readonly<Record<string, Verdict>> = {
  'get /metrics': 'operator',
  'get /health/live': 'own',
  'get /health/ready': 'own',
  'post /oauth/token': 'own',
  'get /scim/v2/Users': { query: { filter: 'user' } },
  'post /scim/v2/Users': {
    body: ({ user }) => ({
      userName: `mallory-${user.slice(-6)}@example.com`,
      [enterprise]: { manager: { value: user } },
    }),
  },
  'post /scim/v2/Users/.search': { body: ({ user }) => ({ filter: `id eq "${user}"` }) },
  'get /scim/v2/Users/{id}': id('user'),
  'put /scim/v2/Users/{id}': id('user', () => ({ userName: 'mallory@example.com' })),
  'patch /scim/v2/Users/{id}': id('user', () => patch('title', 'Mallory')),
  'delete /scim/v2/Users/{id}': id('user'),
  'get /scim/v2/Groups': { query: { filter: 'group' } },
  'post /scim/v2/Groups': {
    body: ({ user, group }) => ({ displayName: 'Mallory', members: [{ value: user }, { value: group }] }),
  },
  'post /scim/v2/Groups/.search': { body: ({ group }) => ({ filter: `id eq "${group}"` }) },
  'get /scim/v2/Groups/{id}': id('group'),
  'put /scim/v2/Groups/{id}': id('group', () => ({ displayName: 'Mallory' })),
  'patch /scim/v2/Groups/{id}': id('group', ({ user }) => patch('members', [{ value: user }])),
  'delete /scim/v2/Groups/{id}': id('group'),
  'post /scim/v2/Bulk': {
    body: ({ user, group }) => ({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'DELETE', path: `/Users/${user}` },
        { method: 'PATCH', path: `/Groups/${group}`, data: patch('displayName', 'Mallory') },
      ],
    }),
  },
  'get /scim/v2/ServiceProviderConfig': 'own',
  'get /scim/v2/ResourceTypes': 'own',
  'get /scim/v2/ResourceTypes/{name}': { path: { name: 'user' } },
  'get /scim/v2/Schemas': 'own',
  'get /scim/v2/Schemas/{urn}': { path: { urn: 'user' } },
  'get /scim/v2': { query: { filter: 'user' } },
  'post /scim/v2/.search': { body: ({ group }) => ({ filter: `id eq "${group}"` }) },
  'get /api/tokens': 'own',
  'post /api/tokens': 'own',
  'get /api/tokens/{id}': id('token'),
  'delete /api/tokens/{id}': id('token'),
  'post /api/tokens/{id}/rotate': id('token', () => ({ overlapHours: 1 })),
  'get /api/oauth-clients': 'own',
  'post /api/oauth-clients': 'own',
  'get /api/oauth-clients/{id}': id('client'),
  'delete /api/oauth-clients/{id}': id('client'),
  'post /api/oauth-clients/{id}/rotate': id('client', () => ({ overlapHours: 1 })),
  'post /operator/workspaces': 'operator',
  'get /operator/workspaces': 'own',
  'get /operator/workspaces/{id}': id('workspace'),
  'put /operator/workspaces/{id}': id('workspace', () => ({ name: 'Mallory' })),
  'patch /operator/workspaces/{id}': id('workspace', () => ({ name: 'Mallory' })),
  'delete /operator/workspaces/{id}': 'operator',
  'get /operator/workspaces/{id}/quotas': id('workspace'),
  'get /operator/workspaces/{id}/seats': id('workspace'),
  'post /operator/workspaces/{id}/admin-links': id('workspace', () => ({ email: 'mallory@example.com' })),
  'get /operator/workspaces/{id}/sessions': id('workspace'),
  'delete /operator/workspaces/{id}/sessions': id('workspace'),
  'delete /operator/workspaces/{id}/sessions/{session}': { path: { id: 'workspace', session: 'session' } },
  'get /operator/erasures': { query: { workspaceId: 'workspace' } },
  'post /api/session': 'own',
  'get /api/session': 'own',
  'delete /api/session': 'own',
  'post /api/session/sign-out-everywhere': 'own',
  'get /api/sessions': 'own',
  'delete /api/sessions/{id}': id('session'),
  'get /operator/identity': 'operator',
  'put /operator/identity': 'operator',
  'delete /operator/identity': 'operator',
  'get /operator/roles': 'operator',
  'put /operator/roles': 'operator',
  'get /operator/embedding': 'operator',
  'put /operator/embedding': 'operator',
  'get /operator/branding': 'operator',
  'put /operator/branding': 'operator',
  'get /operator/keys': 'operator',
  'post /operator/keys': 'operator',
  'get /operator/keys/{id}': 'operator',
  'delete /operator/keys/{id}': 'operator',
  'post /operator/keys/{id}/rotate': 'operator',
  'get /api/members': { query: filters },
  'post /api/members': { body: (ids) => ({ email: 'mallory@example.com', managerId: ids.member }) },
  'post /api/members/bulk': { body: (ids) => ({ action: 'remove', dryRun: true, memberIds: [ids.member] }) },
  'post /api/members/import': 'own',
  'get /api/members/export': { query: filters },
  'get /api/members/{id}': id('member'),
  'patch /api/members/{id}': id('member', () => ({ firstName: 'Mallory' })),
  'delete /api/members/{id}': id('member'),
  'get /api/members/{id}/groups': id('member'),
  'post /api/members/{id}/suspend': id('member', () => ({ reason: 'Mallory' })),
  'post /api/members/{id}/lift-suspension': id('member'),
  'get /api/properties': 'own',
  'post /api/properties': 'own',
  'get /api/properties/{id}': id('property'),
  'patch /api/properties/{id}': id('property', () => ({ name: 'Mallory' })),
  'delete /api/properties/{id}': id('property'),
  'post /api/properties/{id}/preview': id('property', () => ({ name: 'Mallory' })),
  'get /api/groups': 'own',
  'get /api/groups/{id}': id('memberGroup'),
  'get /api/groups/{id}/members': id('memberGroup'),
  'get /api/attribute-mapping': 'own',
  'put /api/attribute-mapping': 'own',
  'post /api/attribute-mapping/preview': {
    body: ({ user }) => ({ rules: [], cursor: Buffer.from(user).toString('base64url') }),
  },
  'post /api/attribute-mapping/preview/counts': 'own',
  'get /api/attribute-mapping/sources': 'own',
  'get /api/attribute-mapping/suggestions': 'own',
  'get /api/attribute-mapping/transforms': 'own',
  'get /api/attribute-mapping/versions': 'own',
  'get /api/attribute-mapping/versions/{version}': { path: { version: 'mapping' } },
  'post /api/attribute-mapping/versions/{version}/restore': { path: { version: 'mapping' } },
  'get /api/attribute-mapping/export': 'own',
  'post /api/attribute-mapping/import': 'own',
  'get /api/role-mapping': 'own',
  'put /api/role-mapping': { body: ({ group }) => roleRules(group) },
  'get /api/role-mapping/roles': 'own',
  'post /api/role-mapping/preview': { body: ({ group }) => roleRules(group) },
  'get /api/directory-groups': 'own',
  'post /api/directory-groups/preview': { body: ({ group }) => ({ which: 'picked', picked: [group] }) },
  'get /api/directory/users': { query: { memberId: 'member' } },
  'get /api/removal-guard': 'own',
  'post /api/removal-guard/approve': { body: users },
  'post /api/removal-guard/reject': { body: users },
  'get /api/removal-guard/let-through': 'own',
  'post /api/removal-guard/bring-back': 'own',
  'post /api/sync-preview/bulk': { body: (ids) => ({ ...users(ids), action: 'exclude', dryRun: true }) },
  'get /api/sync-preview/groups': 'own',
  'get /api/sync-preview/groups/{groupId}/people': { path: { groupId: 'group' } },
  'get /api/sync-preview/export': { query: { groupId: 'group' } },
  'get /api/sync-preview': { query: { groupId: 'group' } },
  'get /api/sync-preview/link-suggestions': 'own',
  'post /api/sync-preview/links': {
    body: (ids) => ({ pairs: [{ memberId: ids.member, directoryUserId: ids.user }] }),
  },
  'post /api/sync-preview/chosen': { body: (ids) => ({ ...users(ids), groupIds: [ids.group] }) },
  'post /api/sync-preview/lift': { body: users },
  'get /api/sync-preview/{directoryUserId}': person(),
  'get /api/sync-preview/{directoryUserId}/link-candidates': person(),
  'get /api/sync-preview/{directoryUserId}/link/{memberId}': {
    path: { directoryUserId: 'user', memberId: 'member' },
  },
  'post /api/sync-preview/{directoryUserId}/link': person((ids) => ({ memberId: ids.member })),
  'post /api/sync-preview/{directoryUserId}/exclude': person(),
  'post /api/sync-preview/{directoryUserId}/include': person(),
  'post /api/sync-preview/{directoryUserId}/retry': person(),
  'post /api/sync-preview/{directoryUserId}/separate': person(),
  'post /api/sync-preview/{directoryUserId}/lift': person(),
  'post /api/sync-runs': { body: (ids) => ({ ...users(ids), previewVersion: ids.run }) },
  'get /api/sync-runs': 'own',
  'get /api/sync-runs/{id}': id('run'),
  'get /api/sync-runs/{id}/changes': id('run'),
  'get /api/sync-runs/{id}/groups': id('run'),
  'get /api/sync-runs/{id}/events': id('run'),
  'post /api/sync-runs/{id}/approve': id('run', users),
  'post /api/sync-runs/{id}/reject': id('run', users),
  'get /api/sync-runs/{id}/undo': id('run'),
  'post /api/sync-runs/{id}/undo': id('run'),
  'get /api/user-provisioning': 'own',
  'get /api/user-provisioning/activity': 'own',
  'get /api/user-provisioning/quotas': 'own',
  'post /api/user-provisioning/activate': 'own',
  'post /api/user-provisioning/deactivate': 'own',
  'post /api/user-provisioning/automatic-sync/start': 'own',
  'post /api/user-provisioning/automatic-sync/pause': 'own',
  'get /api/user-provisioning/settings': 'own',
  'patch /api/user-provisioning/settings': 'own',
  'get /api/members/{id}/timeline': id('member'),
  'get /api/groups/{id}/timeline': id('memberGroup'),
  'get /api/provisioning-log': { query: { resourceId: 'user', memberId: 'member', tokenId: 'token' } },
  'get /api/provisioning-log/{id}': id('entry'),
  'get /api/audit-log': 'own',
  'get /api/directory-resources': { query: { search: 'user' } },
  'get /api/directory-resources/{id}': id('user'),
  'get /api/user-provisioning/findings': 'own',
  'post /operator/access-checks': { body: (ids) => ({ workspaceId: ids.workspace, memberId: ids.member }) },
  'get /operator/workspaces/{id}/digest': id('workspace'),
  'get /operator/events': { query: { workspaceId: 'workspace' } },
  'post /operator/workspaces/{id}/members/batch': id(
    'workspace',
    () => '{"externalId":"mallory","email":"mallory@example.com"}\n',
  ),
  'get /operator/workspaces/{id}/members': id('workspace'),
  'get /operator/workspaces/{id}/members/{member}': member(),
  'put /operator/workspaces/{id}/members/{member}': member(() => ({ email: 'mallory@example.com' })),
  'delete /operator/workspaces/{id}/members/{member}': member(),
  'post /operator/workspaces/{id}/members/{member}/exclude': member(() => ({ reason: 'Mallory' })),
  'post /operator/workspaces/{id}/members/{member}/include': member(),
  // For the operator token alone.
  'post /operator/workspaces/{id}/members/{member}/erase': 'operator',
  'get /operator/workspaces/{id}/members/{member}/export': 'operator',
  'post /operator/workspaces/{id}/directory-users/{user}/erase': 'operator',
  'get /operator/workspaces/{id}/directory-users/{user}/export': 'operator',
  'get /operator/workspaces/{id}/retention': 'operator',
  'patch /operator/workspaces/{id}/retention': 'operator',
  'get /operator/audit': 'own',
  'get /operator/audit/head': 'operator',
  'get /operator/workspaces/{id}/audit': id('workspace'),
  'get /operator/workspaces/{id}/audit/head': id('workspace'),
  'get /operator/workspaces/{id}/sync-preview': id('workspace'),
  'post /operator/workspaces/{id}/sync-runs': id('workspace', () => ({})),
  'get /operator/workspaces/{id}/sync-runs/{run}': { path: { id: 'workspace', run: 'run' } },
  'post /operator/events/{event}/receipt': { path: { event: 'event' }, body: () => ({ sessionsEnded: 1 }) },
  'get /operator/workspaces/{id}/snapshot': id('workspace'),
  'get /operator/webhooks': 'operator',
  'post /operator/webhooks': 'operator',
  'get /operator/webhooks/{hook}': 'operator',
  'patch /operator/webhooks/{hook}': 'operator',
  'delete /operator/webhooks/{hook}': 'operator',
  'post /operator/webhooks/{hook}/rotate': 'operator',
  'post /operator/webhooks/{hook}/test': 'operator',
  'get /operator/webhooks/{hook}/deliveries': 'operator',
  'post /operator/webhooks/{hook}/deliveries/{delivery}/resend': 'operator',
  'get /api/notifications': 'own',
  'patch /api/notifications': 'own',
  'post /api/notifications/channels': 'own',
  'get /api/notifications/channels/{id}': id('channel'),
  'patch /api/notifications/channels/{id}': id('channel', () => ({ name: 'Mallory' })),
  'delete /api/notifications/channels/{id}': id('channel'),
  'post /api/notifications/channels/{id}/test': id('channel'),
  'get /api/notifications/deliveries': 'own',
  'get /operator/attention': 'own',
  'get /api/sandbox': 'own',
  'post /api/sandbox/simulation': 'own',
  'post /api/sandbox/simulation/next-day': 'own',
  'post /api/sandbox/simulation/stop': 'own',
};

/** Rules that name a group. */
function roleRules(directoryGroupId: string): object {
  return { rules: [{ group: { directoryGroupId }, role: 'member' }] };
}
