import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foldName } from '../../scim-core/fold.ts';

/** How many users are looked at at once. */
const batchUsersMax = 5_000;

/** A user as far as their key is concerned. */
export interface NamedUser {
  workspace_id: string;
  id: string;
  user_name: string;
  user_name_key: string;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * The key of a userName no longer tells apart what nobody can: characters that are not drawn, white space at the ends.
 * Of twins who are there already the eldest gets the new key. The others keep theirs, which no new key can be, until they
 * are renamed; nobody is refused or lost.
 */
export class UnseenInNames1819000000000 implements MigrationInterface {
  name = 'UnseenInNames1819000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    let last = { workspace_id: nobody, id: nobody };
    for (;;) {
      const users = (await queryRunner.query(
        `SELECT workspace_id, id, user_name, user_name_key FROM directory_user
         WHERE (workspace_id, id) > ($1::uuid, $2::uuid) AND user_name ~ '[^!-~]'
         ORDER BY workspace_id, id LIMIT ${batchUsersMax}`,
        [last.workspace_id, last.id],
      )) as NamedUser[];
      const end = users.at(-1);
      if (end === undefined) return;
      await giveKeys(queryRunner, users);
      last = end;
    }
  }

  /** Names that the old key holds equal the new one does, too, so that this meets no twins. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `UPDATE directory_user SET user_name_key = scim_fold(user_name)
       WHERE user_name ~ '[^!-~]' AND user_name_key <> scim_fold(user_name)`,
    );
  }
}

/** Gives users the key of their name; of twins the eldest gets it, unless somebody has it already. */
export async function giveKeys(queryRunner: QueryRunner, users: readonly NamedUser[]): Promise<void> {
  const eldest = new Map<string, { user: NamedUser; key: string }>();
  for (const user of users) {
    const key = foldName(user.user_name);
    const place = `${user.workspace_id} ${key}`;
    if (key !== user.user_name_key && !eldest.has(place)) eldest.set(place, { user, key });
  }
  const changes = [...eldest.values()];
  if (changes.length === 0) return;
  await queryRunner.query(
    `UPDATE directory_user u SET user_name_key = n.key
     FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS n(workspace_id, id, key)
     WHERE u.workspace_id = n.workspace_id AND u.id = n.id AND NOT EXISTS (
       SELECT 1 FROM directory_user o WHERE o.workspace_id = n.workspace_id AND o.user_name_key = n.key)`,
    [
      changes.map(({ user }) => user.workspace_id),
      changes.map(({ user }) => user.id),
      changes.map(({ key }) => key),
    ],
  );
}
