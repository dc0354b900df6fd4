import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import type { Queryable } from './queryable.ts';

/**
 * The data source's pool for statements that stand alone. A query runner of TypeORM tells subscribers and loggers of each
 * statement, of which there are none, and takes longer over it than pg over sending it.
 *
 * It answers with the rows whatever the statement, and throws what pg throws.
 */
@Injectable()
export class StatementPool implements Queryable {
  private readonly pool: Pool;

  constructor(@InjectDataSource() dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
  }

  async query<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    const client = await this.pool.connect();
    try {
      const { rows } = await client.query<QueryResultRow>(sql, parameters);
      return rows as T;
    } finally {
      client.release();
    }
  }
}
