import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { inStatementSpan } from '../tracing/spans.ts';
import { againAfterDeadlock } from './after-deadlock.ts';
import { answerOf, type Answer, type Db } from './db.ts';
import { isKnownDistributed } from './known-distributed.ts';
import type { LanePool } from './lanes/lane-pool.ts';
import { runOnNode } from './on-one-node.ts';
import { compile } from './compiled-statement.ts';
import { type Sql } from './sql.ts';

/**
 * The connections of the data source, for statements outside a transaction. A query runner of TypeORM reports each
 * statement to subscribers and loggers; there are none, and the reports take longer than pg takes to send the statement.
 * A statement is a transaction of its own: one that PostgreSQL takes back for the sake of another is sent again.
 *
 * Throws what pg and the lanes throw.
 */
@Injectable()
export class StatementPool implements Db {
  private readonly pool: LanePool;
  private readonly dataSource: DataSource;

  /** TypeORM hides its pool; see "Patches of foreign objects" in ARCHITECTURE.md. */
  constructor(@InjectDataSource() dataSource: DataSource) {
    this.dataSource = dataSource;
    this.pool = (dataSource.driver as unknown as { master: LanePool }).master;
  }

  /** See `isKnownDistributed`. */
  get isDistributed(): boolean {
    return isKnownDistributed(this.dataSource);
  }

  /** See `LanePool.load`. */
  load(): ReturnType<LanePool['load']> {
    return this.pool.load();
  }

  run<Row>(statement: Sql<Row>): Promise<Answer<Row>> {
    return runOnNode(this.dataSource, statement, 'alone', (placed) => {
      const { text, values } = compile(placed);
      return inStatementSpan(text, () => againAfterDeadlock(() => this.send<Row>(text, values)));
    });
  }

  private send<Row>(text: string, values: unknown[]): Promise<Answer<Row>> {
    return new Promise((resolve, reject) => {
      this.pool.connect((error, client, release) => {
        if (client === undefined) return reject(error ?? new Error('The pool gave no connection'));
        client.query(text, values).then(
          (result) => {
            release?.();
            resolve(answerOf<Row>(result));
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
