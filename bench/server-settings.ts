/** What the benchmark gives to a server that it starts. */
export interface ServerSettings {
  port: number;
  databaseUrl: string;
  /** Connections to PostgreSQL. */
  poolSize: number;
}

/**
 * Reads `PORT`, `DATABASE_URL` and `POOL_SIZE`.
 *
 * @throws Error naming the first one that is missing
 */
export function readServerSettings(environment: NodeJS.ProcessEnv): ServerSettings {
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new Error(`${name} must be set`);
    return value;
  };
  return {
    port: Number(read('PORT')),
    databaseUrl: read('DATABASE_URL'),
    poolSize: Number(read('POOL_SIZE')),
  };
}
