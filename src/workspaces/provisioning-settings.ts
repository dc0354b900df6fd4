import { prepared } from '../database/prepared-statements.ts';
import type { Queryable } from '../database/queryable.ts';
import { settingsDefault, type WorkspaceSettings } from './settings.ts';

type PlainSetting = {
  [Name in keyof WorkspaceSettings]: WorkspaceSettings[Name] extends string | boolean ? Name : never;
}[keyof WorkspaceSettings];

/**
 * A setting as an SQL text, its default included: settings are stored without what nobody ever changed.
 *
 * @param workspace the alias of the table `workspace` in the statement
 */
export function settingSql(workspace: string, name: PlainSetting): string {
  return `coalesce(${workspace}.settings ->> '${name}', '${settingsDefault[name]}')`;
}

const absentActiveSql = prepared(
  `SELECT ${settingSql('w', 'absentActiveIsInactive')} = 'true' AS "isInactive" FROM workspace w WHERE w.id = $1`,
);

/** Whether a workspace takes the absence of `active` in a PUT for inactive. */
export async function absentActiveIsInactive(db: Queryable, workspaceId: string): Promise<boolean> {
  const [row] = await db.query<{ isInactive: boolean }[]>(absentActiveSql, [workspaceId]);
  return row?.isInactive === true;
}
