import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As `searchTextMaxBytes`: the longest text, in bytes. A character has at most four. */
const textMaxCharacters = 500;

/**
 * What people of the directory are searched by stands in an index beside their ids, in the order in which lists page: a
 * search reads that index alone, and stops when its page is full. An index of those who are inactive finds the few among
 * many. See `docs/decisions/0039-searches-read-a-narrow-index.md`.
 */
export class DirectorySearch1834000000000 implements MigrationInterface {
  name = 'DirectorySearch1834000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX directory_user_inactive');
    await queryRunner.query('DROP INDEX directory_user_search');
    await queryRunner.query('ALTER TABLE directory_user DROP COLUMN search_text');
  }
}

const up = [
  `ALTER TABLE directory_user ADD COLUMN search_text text COLLATE "C" NOT NULL DEFAULT ''`,
  // A person who is written again gets the text that the service makes.
  `UPDATE directory_user SET search_text = left(scim_fold(concat_ws(E'\\n', user_name, external_id,
       resource->>'displayName',
       nullif(concat_ws(' ', resource->'name'->>'givenName', resource->'name'->>'familyName'), ''),
       resource->'name'->>'formatted',
       (SELECT string_agg(e.value, E'\\n')
        FROM jsonb_path_query(resource, 'lax $.emails[*].value') AS a(address),
             LATERAL (SELECT a.address #>> '{}') AS e(value)))), ${textMaxCharacters})`,
  // Everybody has a text; the condition keeps look-ups by id, which have the narrower primary key, out of this index.
  `CREATE INDEX directory_user_search ON directory_user (workspace_id, id, search_text) WHERE search_text <> ''`,
  `CREATE INDEX directory_user_inactive ON directory_user (workspace_id, id) WHERE NOT active`,
];
