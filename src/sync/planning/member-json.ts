import type { MemberState } from '../decision/person.ts';

/** The whole row of a member as JSON; `alias` is the table's name in the statement. */
export function memberJson(alias: string): string {
  const columns = {
    id: 'id',
    email: 'email',
    emailKey: 'email_key',
    firstName: 'first_name',
    lastName: 'last_name',
    displayName: 'display_name',
    jobTitle: 'job_title',
    language: 'language',
    status: 'status',
    source: 'source',
    externalId: 'external_id',
    provisionedFields: 'provisioned_fields',
    properties: 'properties',
    managerId: 'manager_id',
    deactivatedAt: 'deactivated_at',
    removalDueAt: 'removal_due_at',
  } satisfies Record<keyof MemberState, string>;
  const pairs = Object.entries(columns).map(([key, column]) => `'${key}', ${alias}.${column}`);
  return `json_build_object(${pairs.join(', ')})`;
}
