import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isDeepStrictEqual } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, AuditService, installation } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { json, sql } from '../../database/sql.ts';
import { BadInputError, ConflictError } from '../../errors/domain-errors.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { readDeclaredRoles } from './declared-roles.ts';
import type { MemberRole } from './member-role.ts';
import { faultsOfRoles } from './role-faults.ts';
import { RoleUses, type UsingWorkspaces } from './role-uses.ts';
import type { MemberRoleDto, MemberRolesResponse } from './roles.dto.ts';

/** The roles that members can have, as the vendor declares them for all workspaces. */
@Injectable()
export class RolesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly uses: RoleUses,
  ) {}

  /** All of them, the highest rank first. */
  @InLane('access')
  async get(): Promise<MemberRolesResponse> {
    return listed(await readDeclaredRoles(dbOf(this.dataSource)));
  }

  /**
   * Declares these roles in place of those before. Where that may give members another role, everybody is looked at by the
   * next run.
   *
   * @throws BadInputError naming each key or rank that stands there twice, and each key that is reserved
   * @throws ConflictError `role-in-use` when rules of workspaces name a role that would be gone
   * @throws PreconditionFailedError
   */
  @InLane('overhaul')
  async declare(
    actor: Actor,
    body: readonly MemberRoleDto[],
    precondition: Precondition,
  ): Promise<MemberRolesResponse> {
    const faults = faultsOfRoles(body);
    if (faults.length > 0) throw new BadInputError(faults);
    const roles = body.map(toRole).sort((one, other) => other.rank - one.rank);
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const before = await readDeclaredRoles(db, sql`FOR UPDATE`);
      precondition.check(listed(before));
      if (isDeepStrictEqual(roles, before)) return listed(before);
      await this.requireUnused(manager, before, roles);
      await db.run(sql`
        INSERT INTO declared_roles (roles, updated_at) VALUES (${json(roles)}::jsonb, ${this.clock.now()})
        ON CONFLICT (is_only) DO UPDATE SET roles = excluded.roles, updated_at = excluded.updated_at`);
      if (!isSameOrder(before, roles)) await this.uses.lookAgain(manager);
      const details = { before: before.map(keyOf), after: roles.map(keyOf), privileged: privilegedOf(roles) };
      await this.audit.record(manager, {
        workspaceId: installation,
        actor,
        action: 'roles.declared',
        details,
      });
      return listed(roles);
    });
  }

  private async requireUnused(
    manager: EntityManager,
    before: readonly MemberRole[],
    after: readonly MemberRole[],
  ): Promise<void> {
    const kept = new Set(after.map(keyOf));
    const gone = before.map(keyOf).filter((key) => !kept.has(key));
    if (gone.length === 0) return;
    const found = await this.uses.using(manager, gone);
    if (found.total > 0) throw inUse(gone, found);
  }
}

function toRole({ key, name, rank, privileged, max = null }: MemberRoleDto): MemberRole {
  return { key, name: { en: name.en, de: name.de }, rank, privileged, max };
}

function listed(roles: readonly MemberRole[]): MemberRolesResponse {
  return { items: [...roles], nextCursor: null };
}

function keyOf({ key }: MemberRole): string {
  return key;
}

function privilegedOf(roles: readonly MemberRole[]): string[] {
  return roles.filter(({ privileged }) => privileged).map(keyOf);
}

/** Whether the same roles stand in the same order: the highest one that somebody would have is then the same. */
function isSameOrder(before: readonly MemberRole[], after: readonly MemberRole[]): boolean {
  return isDeepStrictEqual(before.map(keyOf), after.map(keyOf));
}

function inUse(gone: readonly string[], { workspaces, total }: UsingWorkspaces): ConflictError {
  const names = workspaces.map(({ name }) => name).join(', ');
  const others = total > workspaces.length ? ` and ${total - workspaces.length} others` : '';
  return new ConflictError(
    'role-in-use',
    `Rules of ${total} ${total === 1 ? 'workspace' : 'workspaces'} give a role that would be gone (${gone.join(', ')}): ${names}${others}. Keep it until their admins have changed the rules.`,
    { roles: gone, workspaces, total },
  );
}
