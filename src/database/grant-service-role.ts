import pg from 'pg';
import { ConfigError } from '../config/config-error.ts';

/**
 * Lets another role read and write the tables of the service, and nothing more: it owns none, and can neither change the
 * schema nor empty a table at once. Safe to repeat; to be called by the role that owns the schema, after each migration.
 *
 * @param role must exist
 * @throws ConfigError when there is no such role
 */
export async function grantServiceRole(url: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (rowCount === 0)
      throw new ConfigError([`SERVICE_ROLE must be a role of the database, and there is no ${role}`]);
    const { rows } = await client.query<{ schema: string }>('SELECT quote_ident(current_schema()) AS schema');
    const [schema, name] = [rows[0]?.schema ?? 'public', pg.escapeIdentifier(role)];
    await client.query(`
      GRANT USAGE ON SCHEMA ${schema} TO ${name};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${name};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${name};
      REVOKE INSERT, UPDATE, DELETE ON migrations FROM ${name}`);
  } finally {
    await client.end();
  }
}
