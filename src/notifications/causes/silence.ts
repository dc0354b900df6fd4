import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import { days, hours } from '../../errors/duration.ts';

/** After a refusal, silence for so long may mean that the identity provider has given up for now (Entra: quarantine). */
export const silenceAfterRefusalMs = hours(6);

/** Of an identity provider that calls every day, silence for so long is worth a message. */
export const silenceOfSteadyMs = hours(24);

/** Of one that calls only when something changes. */
export const silenceOfOthersMs = days(14);

/** What its habit is taken from. */
const habitDays = 7;
const habitLeastDays = 2;

/**
 * When the silence since a contact is worth a message.
 *
 * @property at the moment
 * @property isKnown whether that is final; otherwise the habit is to be looked at then, which reads a week of the log
 */
export interface Silence {
  at: Date;
  isKnown: boolean;
}

/** What to wait for after a contact. @param status what it was answered */
export function silenceAfter({ at, status }: { at: Date; status: number }): Silence {
  const wasRefused = isRefusal(status);
  const afterMs = wasRefused ? silenceAfterRefusalMs : silenceOfSteadyMs;
  return { at: new Date(at.getTime() + afterMs), isKnown: wasRefused };
}

/** Whether an answer tells the identity provider that it must change something. It asks for people who may not be there. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status !== 404;
}

/** {@link Silence} by the habit of the identity provider, as the days before the contact show it. */
export async function silenceByHabit(db: Db, workspaceId: string, contact: Date): Promise<Silence> {
  const afterMs = (await callsDaily(db, workspaceId, contact)) ? silenceOfSteadyMs : silenceOfOthersMs;
  return { at: new Date(contact.getTime() + afterMs), isKnown: true };
}

/** It called on each of the last days, weekends among them, or on each since it called first. */
async function callsDaily(db: Db, workspaceId: string, contact: Date): Promise<boolean> {
  const last = parameter(contact);
  const from = new Date(contact.getTime() - days(habitDays));
  const { rows } = await db.run(
    sql<{ called: number; first: Date | null }>`SELECT min(at) AS first,
       count(DISTINCT floor(extract(epoch FROM (${last}::timestamptz - at)) / 86400))::integer AS called
     FROM provisioning_log WHERE workspace_id = ${workspaceId} AND at > ${from} AND at <= ${last}`,
  );
  const [{ called, first } = { called: 0, first: null }] = rows;
  if (first === null) return false;
  const knownDays = Math.ceil((contact.getTime() - first.getTime()) / days(1));
  return knownDays >= habitLeastDays && called >= Math.min(knownDays, habitDays);
}
