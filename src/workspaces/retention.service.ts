import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Actor, AuditService } from '../audit/audit.service.ts';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { nothing, raw, type Sql, sql } from '../database/sql.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { Precondition } from '../http/request/precondition.ts';
import { readRetention, type Retention, retentionNames } from './retention.ts';

/** How long what is past is kept in a workspace, as the operator decides. */
@Injectable()
export class RetentionService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /** @throws NotFoundError */
  get(workspaceId: string): Promise<Retention> {
    return readOf(dbOf(this.dataSource), workspaceId);
  }

  /** Changes what is given. @throws NotFoundError, PreconditionFailedError */
  async update(
    workspaceId: string,
    change: Partial<Retention>,
    precondition: Precondition,
    actor: Actor,
  ): Promise<Retention> {
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const before = await readOf(db, workspaceId, raw('FOR NO KEY UPDATE'));
      precondition.check(before);
      const given = retentionNames.filter((name) => change[name] !== undefined);
      const after = { ...before, ...Object.fromEntries(given.map((name) => [name, change[name] ?? null])) };
      if (retentionNames.every((name) => after[name] === before[name])) return before;
      await db.run(sql`UPDATE workspace SET retention = ${JSON.stringify(after)} WHERE id = ${workspaceId}`);
      const entry = { workspaceId, actor, action: 'retention.changed' } as const;
      await this.audit.record(manager, { ...entry, details: { before, after } });
      return after;
    });
  }
}

async function readOf(db: Db, workspaceId: string, lock: Sql = nothing): Promise<Retention> {
  const { rows } = await db.run(
    sql<{ retention: Partial<Retention> }>`SELECT retention FROM workspace WHERE id = ${workspaceId} ${lock}`,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('workspace');
  return readRetention(row.retention);
}
