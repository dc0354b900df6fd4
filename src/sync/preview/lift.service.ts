import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { InLane } from '../../database/lanes/task.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import { BadInputError } from '../../errors/domain-errors.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { cleanLine } from '../../scim-core/visible-text.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { faultsOfIdsNotIn } from '../policy/named-ids.ts';
import { liftGroups } from '../record/suppressed-groups.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';

/** Whose suppression is lifted. */
export interface Lifted {
  directoryUserIds?: readonly string[];
  groupIds?: readonly string[];
  filter?: { search?: string; runId?: string };
}

/** Allows again, for many at once, what an admin undid or rejected. */
@Injectable()
export class LiftService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /**
   * Lifts the suppression of people and groups; the next run looks at them again.
   *
   * @returns how many people and groups that were
   * @throws BadInputError when nobody is named, and for each named one with nothing suppressed; then nothing is lifted
   */
  @InLane('overhaul')
  async lift(
    session: Session,
    { directoryUserIds, groupIds, filter }: Lifted,
  ): Promise<{ people: number; groups: number }> {
    if (directoryUserIds === undefined && groupIds === undefined && filter === undefined) throw nobodyNamed();
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      await useGenericPlans(manager);
      const now = this.clock.now();
      const named = await liftPeople(manager, workspaceId, now, { ids: directoryUserIds ?? [] });
      const found = filter === undefined ? [] : await liftPeople(manager, workspaceId, now, filter);
      const groups = await liftGroups(dbOf(manager), workspaceId, groupIds ?? [], now);
      const faults = [
        ...faultsOfIdsNotIn('directoryUserIds', directoryUserIds ?? [], named, nothingSuppressed),
        ...faultsOfIdsNotIn('groupIds', groupIds ?? [], groups, nothingSuppressed),
      ];
      if (faults.length > 0) throw new BadInputError(faults);
      const people = [...new Set([...named, ...found])];
      const due = people.map((directoryUserId) => ({ directoryUserId, dueAt: now }));
      await queuePeople(dbOf(manager), workspaceId, due, 'admin');
      const details = { people: people.length, groups: groups.length, ...filter };
      await this.audit.byAdmin(manager, session, 'suppressions.lifted', undefined, details);
      return { people: people.length, groups: groups.length };
    });
  }
}

/** @returns the people who were suppressed */
async function liftPeople(
  manager: EntityManager,
  workspaceId: string,
  now: Date,
  { ids, search, runId }: { ids?: readonly string[]; search?: string; runId?: string },
): Promise<string[]> {
  const people = parameter(ids ?? null);
  const part = parameter(search === undefined ? null : foldCase(cleanLine(search)));
  const run = parameter(runId ?? null);
  const { rows } = await dbOf(manager).run(sql<{ id: string }>`
         UPDATE sync_link l SET state = 'linked', reason = NULL, suppressed_kind = NULL, suppressed_by = NULL,
       held_at = NULL, updated_at = ${now}
     WHERE l.workspace_id = ${workspaceId} AND l.state = 'suppressed'
       AND (${people}::uuid[] IS NULL OR l.directory_user_id = ANY (${people}))
       AND (${part}::text IS NULL OR strpos(scim_fold(l.name), ${part}) > 0)
       AND (${run}::uuid IS NULL OR l.suppressed_by = ${run})
     RETURNING l.directory_user_id AS id`);
  return rows.map(({ id }) => id);
}

const nothingSuppressed = {
  code: 'nothing-suppressed',
  message: 'Nothing is suppressed for this one.',
} as const;

function nobodyNamed(): BadInputError {
  const message = 'directoryUserIds, groupIds or filter is missing.';
  return new BadInputError([{ path: 'directoryUserIds', message, code: 'required' }]);
}
