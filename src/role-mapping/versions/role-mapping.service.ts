import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { sql } from '../../database/sql.ts';
import { BadInputError, ConflictError, type InputFault } from '../../errors/domain-errors.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { holdDeclaredRoles, readDeclaredRoles } from '../../member-directory/roles/declared-roles.ts';
import type { MemberRole } from '../../member-directory/roles/member-role.ts';
import { queueEverybody } from '../../sync-queue/queue-people.ts';
import { setReadsRoleAttributes } from '../../workspaces/role-attributes.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { groupsOfRules, type RoleMapping } from '../rule/role-rule.ts';
import { faultsOfMapping, roleFault } from '../rule/role-rule-faults.ts';
import { type CompiledRoleMapping, compileRoleMapping } from '../rule/role-wish.ts';
import { toMapping } from './role-mapping-input.ts';
import { namesOfGroups, readRoleMapping, writeRoleMapping } from './role-mapping-rows.ts';
import type { RoleMappingChangeDto, RoleMappingDto } from './role-mapping.dto.ts';

/**
 * A role mapping that is ready for use, with what its decisions are worded by.
 *
 * @property stamp differs whenever the rules or the roles do
 * @property groupNames the names of the groups that rules read, by id
 */
export interface UsableRoleMapping extends CompiledRoleMapping {
  stamp: unknown;
  groupNames: ReadonlyMap<string, string>;
}

/** Which roles the people of a workspace have: read, checked and replaced. */
@Injectable()
export class RoleMappingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** What holds now. */
  get(workspaceId: string): Promise<RoleMapping> {
    return readRoleMapping(dbOf(this.dataSource), workspaceId);
  }

  /** The roles that the vendor declared, the highest rank first. */
  roles(): Promise<readonly MemberRole[]> {
    return readDeclaredRoles(dbOf(this.dataSource));
  }

  /** What holds now, ready for use; null while the admin has said nothing: roles are left alone. */
  async usable(workspaceId: string, db: Db = dbOf(this.dataSource)): Promise<UsableRoleMapping | null> {
    const mapping = await readRoleMapping(db, workspaceId);
    return mapping.version === 0 ? null : this.ready(db, workspaceId, mapping, await readDeclaredRoles(db));
  }

  /**
   * Rules that are not saved, ready for use.
   *
   * @throws BadInputError naming every bad rule by its place
   */
  async draft(workspaceId: string, body: RoleMappingDto): Promise<UsableRoleMapping> {
    const db = dbOf(this.dataSource);
    const mapping = toMapping(body);
    const roles = await readDeclaredRoles(db);
    await this.requireSound(db, workspaceId, mapping, roles, await readRoleMapping(db, workspaceId));
    return this.ready(db, workspaceId, mapping, roles);
  }

  /**
   * Replaces the rules by a new version, and has everybody looked at by the next run. The same rules again are no new
   * version.
   *
   * @throws BadInputError naming every bad rule by its place (`rules[3].role`), and two that contradict each other
   * @throws ConflictError `role-mapping-changed` when somebody else saved in between
   * @throws PreconditionFailedError likewise, when the request named a state
   */
  @InLane('overhaul')
  async replace(
    session: Session,
    body: RoleMappingChangeDto,
    precondition: Precondition,
  ): Promise<RoleMapping> {
    const asked = toMapping(body);
    const { workspaceId } = session;
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const roles = await holdDeclaredRoles(db);
      // Of two who save at once the second sees what the first did, also where there was nothing yet.
      await db.run(sql`SELECT 1 FROM workspace WHERE id = ${workspaceId} FOR UPDATE`);
      const current = await readRoleMapping(db, workspaceId);
      precondition.check(current);
      if (body.version !== undefined && body.version !== current.version) throw roleMappingChanged();
      await this.requireSound(db, workspaceId, asked, roles, current);
      const next = { version: current.version + 1, ...asked };
      if (isDeepStrictEqual(next, { ...current, version: next.version }) && current.version > 0)
        return current;
      await this.save(manager, session, next);
      return next;
    });
  }

  private async save(manager: EntityManager, session: Session, mapping: RoleMapping): Promise<void> {
    const { workspaceId } = session;
    const db = dbOf(manager);
    const now = this.clock.now();
    await writeRoleMapping(db, workspaceId, mapping, now);
    await setReadsRoleAttributes(
      db,
      workspaceId,
      mapping.rules.some((rule) => 'attribute' in rule),
    );
    await queueEverybody(db, workspaceId, 'role-mapping', now);
    const { version, default: fallback, withoutGroup, rules } = mapping;
    const details = { version, rules: rules.length, default: fallback, withoutGroup };
    await this.audit.byAdmin(manager, session, 'role-mapping.replaced', undefined, details);
  }

  /** Groups that are gone may stay where they were: their rules give nobody anything. */
  private async requireSound(
    db: Db,
    workspaceId: string,
    asked: Omit<RoleMapping, 'version'>,
    roles: readonly MemberRole[],
    current: RoleMapping,
  ): Promise<void> {
    const faults: InputFault[] = faultsOfMapping(asked, new Set(roles.map(({ key }) => key)));
    const before = new Set(groupsOfRules(current.rules));
    const there = await namesOfGroups(db, workspaceId, groupsOfRules(asked.rules));
    for (const [at, rule] of asked.rules.entries()) {
      if (!('group' in rule)) continue;
      const { directoryGroupId: id } = rule.group;
      if (!there.has(id) && !before.has(id))
        faults.push(roleFault(`rules[${at}].group.directoryGroupId`, 'gone-group'));
    }
    if (faults.length > 0) throw new BadInputError(faults);
  }

  private async ready(
    db: Db,
    workspaceId: string,
    mapping: Omit<RoleMapping, 'version'>,
    roles: readonly MemberRole[],
  ): Promise<UsableRoleMapping> {
    const compiled = compileRoleMapping(mapping, roles);
    const groupNames = await namesOfGroups(db, workspaceId, compiled.groupIds);
    return { ...compiled, groupNames, stamp: [mapping, roles] };
  }
}

/** Somebody else saved the role mapping after it was read. */
export function roleMappingChanged(): ConflictError {
  return new ConflictError(
    'role-mapping-changed',
    'The role mapping was changed by someone else meanwhile. Load it again.',
  );
}
