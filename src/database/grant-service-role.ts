import pg from 'pg';
import { ConfigError } from '../config/config-error.ts';

/** What is changed of a record when a person is taken out of it. */
const redactedColumns = 'actor_email, actor_key_name, target, details, address, request_id, redacted';

/**
 * Lets another role read and write the tables of the service, and nothing more: it owns none, and can neither change the
 * schema, nor empty a table at once, nor change a record of the audit log but for taking an erased person out. Where its
 * owner has taken away that it deletes records, it stays so. Safe to repeat; to be called by the role that owns the schema,
 * after each migration.
 *
 * @param role must exist
 * @throws ConfigError when there is no such role, or when it is the one that migrates
 */
export async function grantServiceRole(url: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows: found } = await client.query<{ owns: boolean }>(
      `SELECT pg_has_role(oid, current_user, 'MEMBER') AND NOT rolsuper AS owns FROM pg_roles WHERE rolname = $1`,
      [role],
    );
    if (found[0] === undefined)
      throw new ConfigError([`SERVICE_ROLE must be a role of the database, and there is no ${role}`]);
    // The owner would lose what the next migration needs.
    if (found[0].owns)
      throw new ConfigError([
        `SERVICE_ROLE must be another role than the one that migrates, and no member of it: ${role}`,
      ]);
    const { rows } = await client.query<{ schema: string }>('SELECT quote_ident(current_schema()) AS schema');
    const [schema, name] = [rows[0]?.schema ?? 'public', pg.escapeIdentifier(role)];
    const { rows: before } = await client.query<{ addsOnly: boolean }>(
      `SELECT has_table_privilege($1, 'audit_log', 'SELECT') AND NOT has_table_privilege($1, 'audit_log', 'DELETE') AS "addsOnly"`,
      [role],
    );
    const unwanted = before[0]?.addsOnly === true ? 'UPDATE, DELETE' : 'UPDATE';
    await client.query(`
      GRANT USAGE ON SCHEMA ${schema} TO ${name};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${name};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${name};
      REVOKE INSERT, UPDATE, DELETE ON migrations FROM ${name};
      REVOKE ${unwanted} ON audit_log FROM ${name};
      GRANT UPDATE (${redactedColumns}) ON audit_log TO ${name}`);
  } finally {
    await client.end();
  }
}
