import { Injectable } from '@nestjs/common';
import { mappingPace } from '../../attribute-mapping/mapping/mapping-pace.ts';
import { Work } from '../../attribute-mapping/rule/work.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, type Parameter, type Sql, sql } from '../../database/sql.ts';
import { rowsWithin, textBytes } from '../../database/rows-within.ts';
import type { Language } from '../../errors/sentence.ts';
import { memberNameSql } from '../../member-directory/fields/member-name-sql.ts';
import { countRoleHolders } from '../../member-directory/roles/declared-roles.ts';
import { isCounted } from '../../member-directory/roles/member-role.ts';
import {
  RoleMappingService,
  type UsableRoleMapping,
} from '../../role-mapping/versions/role-mapping.service.ts';
import { costlyRoleCode, type CostlyRoleRule } from '../../role-mapping/rule/role-wish.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { RoleLedger } from '../decision/roles.ts';
import { worded } from '../wording/change-view.ts';
import { reasonText } from '../wording/reasons.ts';
import { changeOfRole, type RoleChange, type RolePerson } from './preview-roles.ts';
import type { RoleChangeResponse, RolePreviewDto, RolePreviewResponse } from './role-preview.dto.ts';

/** People who are read in one statement. */
const batchSizePeople = 1_000;

/** Who would gain and lose which role by rules that are not saved. It writes nothing. */
@Injectable()
export class RolePreviewService {
  constructor(
    private readonly db: StatementPool,
    private readonly mapping: RoleMappingService,
  ) {}

  /**
   * What a run that an admin starts would do to roles by these rules, counted over every active person of the directory who
   * is not left out of synchronization.
   *
   * @throws BadInputError naming every bad rule by its place
   */
  @InLane('report')
  async preview(workspaceId: string, body: RolePreviewDto, language: Language): Promise<RolePreviewResponse> {
    const mapping = await this.mapping.draft(workspaceId, body);
    const counted = [...mapping.roles.values()].filter(isCounted).map(({ key }) => key);
    const ledger = new RoleLedger(
      { roles: mapping.roles, isReviewed: true, mayLeaveGains: false },
      await countRoleHolders(this.db, workspaceId, counted),
    );
    const tally = new Tally(body);
    for await (const people of this.everybody(workspaceId, mapping)) {
      await mappingPace.each(workspaceId, people, (person) => {
        const work = new Work();
        const made = tally.add(changeOfRole(person, mapping, ledger, mapping.groupNames, work));
        return { made, mapped: { workUnits: work.spentUnits } };
      });
    }
    return tally.result(mapping, language);
  }

  private async *everybody(workspaceId: string, mapping: UsableRoleMapping): AsyncGenerator<RolePerson[]> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows } = await this.db.run(peopleAfter(workspaceId, mapping, after));
      if (rows.length === 0) return;
      yield rows;
      after = rows.at(-1)?.id ?? after;
    }
  }
}

function peopleAfter(
  workspaceId: string,
  { groupIds, readsAttributes }: UsableRoleMapping,
  after: string,
): Sql<RolePerson> {
  const workspace = parameter(workspaceId);
  const ids = parameter(groupIds);
  const people = sql`
    SELECT u.id, CASE WHEN ${readsAttributes}::boolean THEN u.resource ELSE '{}' END AS resource,
      coalesce(${memberNameSql('m')}, u.resource ->> 'displayName', u.user_name) AS name, m.id AS "memberId",
      ${memberRole()} AS member, coalesce((
        SELECT array_agg(gm.group_id) FROM directory_group_member gm
        WHERE gm.workspace_id = ${workspace} AND gm.user_id = u.id AND gm.group_id = ANY (${ids}::uuid[])), '{}') AS groups
    FROM (${activeAfter(workspace, after)}) u
    LEFT JOIN LATERAL (SELECT member_id FROM sync_link
      WHERE workspace_id = ${workspace} AND directory_user_id = u.id OFFSET 0) l ON true
    LEFT JOIN LATERAL (SELECT id, display_name, first_name, last_name, email, status, role, role_groups FROM member
      WHERE workspace_id = ${workspace} AND id = l.member_id OFFSET 0) m ON true
    ORDER BY u.id`;
  return sql<RolePerson>`WITH person AS MATERIALIZED (${people})
    ${rowsWithin('person', textBytes('resource'), pageSizeMaxBytes)}`;
}

function activeAfter(workspace: Parameter, after: string): Sql {
  return sql`SELECT u.id, u.user_name, u.resource FROM directory_user u
    WHERE u.workspace_id = ${workspace} AND u.active AND u.id > ${after}::uuid AND NOT EXISTS (
      SELECT FROM sync_link x WHERE x.workspace_id = ${workspace} AND x.directory_user_id = u.id AND x.state = 'excluded')
    ORDER BY u.id LIMIT ${batchSizePeople}`;
}

function memberRole(): Sql {
  return sql`CASE WHEN m.id IS NOT NULL
    THEN json_build_object('status', m.status, 'role', m.role, 'roleGroups', m.role_groups) END`;
}

/** Counts what happens to everybody, and keeps the first of those who are asked for. */
class Tally {
  private readonly counts = { gain: 0, lose: 0, deactivate: 0, held: 0, same: 0, waits: 0 };
  private readonly before = new Map<string | null, number>();
  private readonly after = new Map<string | null, number>();
  private readonly found: RoleChange[] = [];
  private readonly costly = new Map<number, CostlyRoleRule & { people: number }>();
  private matching = 0;
  private readonly asked: RolePreviewDto;

  constructor(asked: RolePreviewDto) {
    this.asked = asked;
  }

  add(change: RoleChange): void {
    const { kind, before, after, memberId, costly, reason } = change;
    for (const { rule, source } of costly) {
      const people = (this.costly.get(rule)?.people ?? 0) + 1;
      this.costly.set(rule, { rule, source, people });
    }
    this.counts[kind] += 1;
    if (reason !== null && kind !== 'held') this.counts.waits += 1;
    if (memberId !== null) count(this.before, before);
    if (kind !== 'deactivate') count(this.after, kind === 'held' ? before : after);
    if (kind === 'same' || (this.asked.kind !== undefined && this.asked.kind !== kind)) return;
    this.matching += 1;
    if (this.found.length < this.asked.limit) this.found.push(change);
  }

  result({ roles }: UsableRoleMapping, language: Language): RolePreviewResponse {
    const { counts, before, after, matching } = this;
    const keys = [...new Set([...roles.keys(), ...before.keys(), ...after.keys()])];
    const known = [...keys.filter((key) => key !== null), ...(keys.includes(null) ? [null] : [])];
    return {
      counts,
      roles: known.map((role) => ({ role, before: before.get(role) ?? 0, after: after.get(role) ?? 0 })),
      problems: [...this.costly.values()]
        .sort((one, other) => one.rule - other.rule)
        .map((problem) => ({ ...problem, text: textOfCostly(problem, language) })),
      matching,
      items: this.found.map((change) => toResponse(change, language)),
    };
  }
}

function textOfCostly(
  { rule, source, people }: CostlyRoleRule & { people: number },
  language: Language,
): string {
  return reasonText({ code: costlyRoleCode, params: { rule, source, count: people } }, language);
}

function count(of: Map<string | null, number>, role: string | null): void {
  of.set(role, (of.get(role) ?? 0) + 1);
}

function toResponse(
  { kind, reason, costly: _costly, ...change }: RoleChange,
  language: Language,
): RoleChangeResponse {
  if (kind === 'same') throw new Error('Somebody is named whose role stays as it is');
  return { ...change, kind, reason: reason && worded(reason, language) };
}
