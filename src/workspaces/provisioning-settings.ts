import type { Db } from '../database/db.ts';
import { raw, sql } from '../database/sql.ts';
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

const absentActive = raw(settingSql('w', 'absentActiveIsInactive'));

/** Whether a workspace takes the absence of `active` in a PUT for inactive. */
export async function absentActiveIsInactive(db: Db, workspaceId: string): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ isInactive: boolean }>`SELECT ${absentActive} = 'true' AS "isInactive" FROM workspace w
      WHERE w.id = ${workspaceId}`.prepared(),
  );
  return rows[0]?.isInactive === true;
}
