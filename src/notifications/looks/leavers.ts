import type { EntityManager } from 'typeorm';
import type { AuditService } from '../../audit/audit.service.ts';
import { dbOf } from '../../database/db-of.ts';
import { parameter, sql } from '../../database/sql.ts';

/**
 * Ends the mail to admins who have left: their address belongs to a member who is deactivated or removed, and to none who is
 * active. To be called before a message is made.
 */
export async function endMailToLeavers(
  manager: EntityManager,
  audit: AuditService,
  workspaceId: string,
): Promise<void> {
  const db = dbOf(manager);
  const { rows: people } = await db.run(
    sql<{ key: string }>`SELECT email_key AS key FROM notification_channel
     WHERE workspace_id = ${workspaceId} AND email_key IS NOT NULL`,
  );
  if (people.length === 0) return;
  const id = parameter(workspaceId);
  const keys = parameter(people.map(({ key }) => key));
  // A removed member gives up the place of their address, so it is not found by the index.
  const { rows: ended } = await db.run(
    sql<{ id: string }>`DELETE FROM notification_channel c
     WHERE c.workspace_id = ${id} AND c.email_key = ANY (${keys}::text[])
       AND c.email_key IN (SELECT lower(m.email) FROM member m WHERE m.workspace_id = ${id} AND m.status <> 'active')
       AND c.email_key NOT IN (SELECT m.email_key FROM member m
         WHERE m.workspace_id = ${id} AND m.status = 'active' AND m.email_key = ANY (${keys}::text[]))
     RETURNING c.id`,
  );
  const actor = { kind: 'system' } as const;
  for (const { id: target } of ended)
    await audit.record(manager, { workspaceId, actor, action: 'notifications.ended-for-leaver', target });
}
