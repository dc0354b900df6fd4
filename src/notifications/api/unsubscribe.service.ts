import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { actorOf, AuditService } from '../../audit/audit.service.ts';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import type { Language } from '../../errors/sentence.ts';
import { UnsubscribeTokens } from '../sending/unsubscribe-token.ts';
import { holdState } from './hold-state.ts';
import { watchIfWanted } from './watch.ts';

/** What a link ends. */
export interface Subscription {
  id: string;
  workspaceId: string;
  email: string;
  language: Language;
}

/** Ends the mail to somebody who holds a message, without a sign-in. */
@Injectable()
export class UnsubscribeService {
  private readonly tokens: UnsubscribeTokens;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    { secretsKeys }: Config,
  ) {
    this.tokens = new UnsubscribeTokens(secretsKeys);
  }

  /** What the link is about; null when it was not signed here, or the mail has ended already. */
  @InLane('access')
  async find(token: string): Promise<Subscription | null> {
    const named = this.tokens.read(token);
    if (named === null) return null;
    const { rows } = await this.db.run(
      sql<Subscription>`SELECT id, workspace_id AS "workspaceId", email, language FROM notification_channel
       WHERE workspace_id = ${named.workspaceId} AND id = ${named.channelId} AND kind = 'email'`,
    );
    return rows[0] ?? null;
  }

  /** Ends the mail. A link that is used twice, or belongs to nobody any more, is no error. */
  @InLane('access')
  async end(token: string): Promise<void> {
    const found = await this.find(token);
    if (found === null) return;
    const { id, workspaceId, email } = found;
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const state = await holdState(db, workspaceId);
      const { count } = await db.run(
        sql`DELETE FROM notification_channel WHERE workspace_id = ${workspaceId} AND id = ${id}`,
      );
      if (count === 0) return;
      await watchIfWanted(manager, this.audit, workspaceId, state, this.clock.now());
      const action = 'notifications.unsubscribed';
      const entry = { workspaceId, actor: actorOf(email), action, target: id } as const;
      await this.audit.record(manager, { ...entry, details: { by: 'link' } });
    });
  }
}
