import type pg from 'pg';
import { ConfigError } from '../../src/config/config-error.ts';
import type { MemberRole } from '../../src/member-directory/roles/member-role.ts';

/**
 * Makes sure that the rules of a workspace mean the same in the new database. A role that is not declared there would be
 * taken from everybody, and another rank or limit would give it to others, by the first run.
 *
 * @param ruled the database whose rules of the workspace count
 * @param held whether nobody may declare other roles there until the transaction of `to` ends
 * @throws ConfigError naming the roles
 */
export async function requireSameRoles(
  { from, to, ruled }: { from: pg.Client; to: pg.Client; ruled: pg.Client },
  workspaceId: string,
  held: boolean,
): Promise<void> {
  const there = await rolesIn(to, held);
  const here = await rolesIn(from, false);
  const { rows } = await ruled.query<{ keys: string[] }>(
    'SELECT role_keys AS keys FROM role_mapping WHERE workspace_id = $1',
    [workspaceId],
  );
  const used = rows[0]?.keys ?? [];
  const others = used.filter((key) => here.get(key) !== there.get(key));
  if (others.length > 0)
    throw new ConfigError([
      `--to must declare the roles that rules of the workspace give as --from does, by PUT /operator/roles: ${others.sort().join(', ')}`,
    ]);
}

/** What a role does, by its key; what it is called may differ. */
async function rolesIn(client: pg.Client, held: boolean): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ roles: MemberRole[] }>(
    `SELECT roles FROM declared_roles ${held ? 'FOR SHARE' : ''}`,
  );
  return new Map(
    (rows[0]?.roles ?? []).map(({ key, rank, privileged, max }) => [
      key,
      JSON.stringify([rank, privileged, max]),
    ]),
  );
}
