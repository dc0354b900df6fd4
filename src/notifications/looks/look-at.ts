import type { EntityManager } from 'typeorm';
import type { AuditService } from '../../audit/audit.service.ts';
import { dbOf } from '../../database/db-of.ts';
import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { days } from '../../errors/duration.ts';
import { mergeSettings } from '../../workspaces/settings.ts';
import type { Cause } from '../causes/cause.ts';
import { digestParams } from '../causes/digest-facts.ts';
import { type Facts, readFacts } from '../causes/facts.ts';
import { findCauses } from '../causes/find-causes.ts';
import { nextDigestAt } from '../causes/next-digest.ts';
import { type Silence, silenceAfter, silenceByHabit } from '../causes/silence.ts';
import { endMailToLeavers } from './leavers.ts';
import { makeNotification } from './make-notification.ts';
import { nextLookAt } from './next-look.ts';

/** A digest that could not be made for so long is left out: the next one is near. */
const digestLateMaxMs = days(3);

/** The state of a workspace, as a look finds and leaves it. */
export interface LookState {
  nextDigestAt: Date | null;
  seenContactAt: Date | null;
  silentAt: Date | null;
  silenceIsKnown: boolean;
}

/**
 * Looks for what there is to tell in a workspace whose state the transaction has locked: notes what began and what is over,
 * and makes the messages of what began.
 *
 * @param isAnnouncing false: what lasts already when somebody subscribes first is no news
 * @returns how many deliveries were made
 */
export async function lookAt(
  manager: EntityManager,
  audit: AuditService,
  workspaceId: string,
  state: LookState,
  { now, isAnnouncing }: { now: Date; isAnnouncing: boolean },
): Promise<number> {
  const db = dbOf(manager);
  const facts = await readFacts(db, workspaceId, now);
  if (facts === null) return 0;
  const silence = await silenceOf(db, workspaceId, state, facts, now);
  const known = await knownKeys(db, workspaceId);
  const causes = findCauses(facts, silence, known, now);
  const begun = causes.filter(({ key }) => !known.has(key));
  await noteCauses(db, workspaceId, causes, begun, now);
  const digest = await dueDigest(db, workspaceId, state, facts, now);
  const told = isAnnouncing ? [...begun, ...digest.due] : [];
  if (told.length > 0) await endMailToLeavers(manager, audit, workspaceId);
  let made = 0;
  for (const cause of told) made += await makeNotification(db, workspaceId, cause, now);
  const next = nextLookAt(facts, silence, causes, digest.next, now);
  await db.run(
    sql`UPDATE notification_state SET looked_at = ${now}, next_look_at = ${next}, next_digest_at = ${digest.next},
        seen_sequence = ${facts.sequence}, seen_contact_at = ${facts.contact?.at ?? null},
        silent_at = ${silence?.at ?? null}, silence_is_known = ${silence?.isKnown ?? false}
      WHERE workspace_id = ${workspaceId}`,
  );
  return made;
}

/** When the silence is worth a message: reckoned from each contact, and by habit when it has lasted for a while. */
async function silenceOf(
  db: Db,
  workspaceId: string,
  { seenContactAt, silentAt, silenceIsKnown }: LookState,
  { contact, isActive }: Facts,
  now: Date,
): Promise<Silence | null> {
  if (contact === null || !isActive) return null;
  const isSame = silentAt !== null && seenContactAt?.getTime() === contact.at.getTime();
  const silence = isSame ? { at: silentAt, isKnown: silenceIsKnown } : silenceAfter(contact);
  return silence.isKnown || now < silence.at ? silence : silenceByHabit(db, workspaceId, contact.at);
}

async function knownKeys(db: Db, workspaceId: string): Promise<Set<string>> {
  const { rows } = await db.run(
    sql<{ key: string }>`SELECT key FROM notification_cause WHERE workspace_id = ${workspaceId}`,
  );
  return new Set(rows.map(({ key }) => key));
}

async function noteCauses(
  db: Db,
  workspaceId: string,
  causes: readonly Cause[],
  begun: readonly Cause[],
  now: Date,
): Promise<void> {
  const id = parameter(workspaceId);
  await db.run(
    sql`DELETE FROM notification_cause
      WHERE workspace_id = ${id} AND key <> ALL (${causes.map(({ key }) => key)}::text[])`,
  );
  if (begun.length === 0) return;
  await db.run(
    sql`INSERT INTO notification_cause (workspace_id, key, began_at)
      SELECT ${id}, key, ${now} FROM unnest(${begun.map(({ key }) => key)}::text[]) AS key`,
  );
}

async function dueDigest(
  db: Db,
  workspaceId: string,
  { nextDigestAt: planned }: LookState,
  facts: Facts,
  now: Date,
): Promise<{ due: Omit<Cause, 'key'>[]; next: Date }> {
  if (planned !== null && now < planned) return { due: [], next: planned };
  const { timeZone } = mergeSettings(facts.timeZone === null ? {} : { timeZone: facts.timeZone });
  const next = nextDigestAt(timeZone, now);
  const isLate = planned === null || now.getTime() - planned.getTime() > digestLateMaxMs;
  if (isLate || !facts.isActive) return { due: [], next };
  return { due: [{ kind: 'weekly_digest', params: await digestParams(db, workspaceId, facts, now) }], next };
}
