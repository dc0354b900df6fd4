import type { MigrationInterface, QueryRunner } from 'typeorm';
import { giveKeys, type NamedUser } from './1819000000000-unseen-in-names.ts';

/** How many users are looked at at once. */
const batchUsersMax = 5_000;

/** Characters that nobody sees and that an earlier version may have left in a key, as PostgreSQL writes them. */
const unseen = String.raw`[\u034F\u115F\u1160\u2800\u3164\uFE00-\uFE0F\uFFA0\uFFF9-\uFFFB\U0001D159\U000E0000-\U000E0FFF]`;

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * Names that were stored before their key left these characters out get the key that such a name has today. Where somebody
 * else has that key, both keep theirs: see `docs/decisions/0018-names-that-look-alike.md`.
 */
export class MoreUnseenInNames1831000005000 implements MigrationInterface {
  name = 'MoreUnseenInNames1831000005000';

  async up(queryRunner: QueryRunner): Promise<void> {
    let last = { workspace_id: nobody, id: nobody };
    for (;;) {
      const users = (await queryRunner.query(
        `SELECT workspace_id, id, user_name, user_name_key FROM directory_user
         WHERE (workspace_id, id) > ($1::uuid, $2::uuid) AND user_name ~ $3
         ORDER BY workspace_id, id LIMIT ${batchUsersMax}`,
        [last.workspace_id, last.id, unseen],
      )) as NamedUser[];
      const end = users.at(-1);
      if (end === undefined) return;
      await giveKeys(queryRunner, users);
      last = end;
    }
  }

  /** The keys are those of the version before, too, for every name that was stored or changed by it. */
  async down(): Promise<void> {}
}
