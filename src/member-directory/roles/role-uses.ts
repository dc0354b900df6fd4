import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExtensionPoint } from '../../extension-points/extension-point.ts';

/** Workspaces that name a role: some of them, and how many there are. */
export interface UsingWorkspaces {
  workspaces: { id: string; name: string; roles: string[] }[];
  total: number;
}

/** Answers for the rules that give roles; asked in the transaction that declares other roles. */
export interface RoleUser {
  /** The workspaces whose rules, or default, name one of these roles. */
  using(manager: EntityManager, roleKeys: readonly string[]): Promise<UsingWorkspaces>;
  /** Has everybody looked at again whose role may be another one now. */
  lookAgain(manager: EntityManager): Promise<void>;
}

/** Where the room of the rules, which this one does not know, says which workspaces use a role. */
@Injectable()
export class RoleUses extends ExtensionPoint<RoleUser> {
  async using(manager: EntityManager, roleKeys: readonly string[]): Promise<UsingWorkspaces> {
    const all: UsingWorkspaces = { workspaces: [], total: 0 };
    for (const user of this.entries) {
      const { workspaces, total } = await user.using(manager, roleKeys);
      all.workspaces.push(...workspaces);
      all.total += total;
    }
    return all;
  }

  async lookAgain(manager: EntityManager): Promise<void> {
    for (const user of this.entries) await user.lookAgain(manager);
  }
}
