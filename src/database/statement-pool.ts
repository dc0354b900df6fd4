import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { LanePool } from './lanes/lane-pool.ts';
import type { Queryable } from './queryable.ts';

/**
 * The data source's connections for statements that stand alone. A query runner of TypeORM tells subscribers and loggers
 * of each statement, of which there are none, and takes longer over it than pg over sending it.
 *
 * It answers with the rows whatever the statement, and throws what pg and the lanes throw.
 */
@Injectable()
export class StatementPool implements Queryable {
  private readonly pool: LanePool;

  constructor(@InjectDataSource() dataSource: DataSource) {
    this.pool = (dataSource.driver as unknown as { master: LanePool }).master;
  }

  query<T>(sql: string, parameters: unknown[] = []): Promise<T> {
    return new Promise((resolve, reject) => {
      this.pool.connect((error, client, release) => {
        if (client === undefined) return reject(error ?? new Error('The pool gave no connection'));
        client.query(sql, parameters).then(
          ({ rows }) => {
            release?.();
            resolve(rows as T);
          },
          (failure: Error) => {
            release?.();
            reject(failure);
          },
        );
      });
    });
  }
}
