import type { MigrationInterface, QueryRunner } from 'typeorm';
import { directory } from './initial/directory.ts';
import { functions } from './initial/functions.ts';
import { logs } from './initial/logs.ts';
import { members } from './initial/members.ts';
import { synchronization } from './initial/synchronization.ts';
import { workspaces } from './initial/workspaces.ts';

/**
 * The first schema. Every table of a workspace has `workspace_id` first in its primary, unique and foreign keys,
 * so that the same schema can be distributed by workspace. The global tables, to be reference tables there, are
 * `workspace`, `api_token_secret`, `admin_link` and `admin_session`.
 */
export class Initial1790000000000 implements MigrationInterface {
  name = 'Initial1790000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [
      ...functions,
      ...workspaces,
      ...directory,
      ...members,
      ...synchronization,
      ...logs,
    ]) {
      await queryRunner.query(statement);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const tables = [
      'audit_log',
      'provisioning_log',
      'sync_change',
      'sync_run',
      'nightly_claim',
      'sync_link',
      'sync_queue',
      'attribute_mapping_rule',
      'attribute_mapping',
      'member_group_member',
      'member_group',
      'member',
      'property',
      'directory_event',
      'directory_group_member',
      'directory_group',
      'directory_user',
      'admin_session',
      'admin_link',
      'api_token_secret',
      'api_token',
      'workspace',
    ];
    for (const table of tables) await queryRunner.query(`DROP TABLE ${table}`);
    await queryRunner.query('DROP FUNCTION scim_fold(text)');
    await queryRunner.query('DROP FUNCTION scim_timestamp(text)');
    await queryRunner.query('DROP FUNCTION scim_uuid(text)');
  }
}
