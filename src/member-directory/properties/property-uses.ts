import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExtensionPoint } from '../../extension-points/extension-point.ts';

/** Answers what fills properties; asked in the transaction that changes one. */
export interface PropertyFiller {
  /** How many rules fill this property now, the built-in ones included. */
  countRules(manager: EntityManager, workspaceId: string, key: string): Promise<number>;
  /** Whether the workspace has saved rules of its own, in place of the built-in ones. */
  hasOwnRules(manager: EntityManager, workspaceId: string): Promise<boolean>;
}

/** Where the attribute mapping, which this room does not know, says which properties its rules fill. */
@Injectable()
export class PropertyUses extends ExtensionPoint<PropertyFiller> {
  async countRules(manager: EntityManager, workspaceId: string, key: string): Promise<number> {
    let rules = 0;
    for (const filler of this.entries) rules += await filler.countRules(manager, workspaceId, key);
    return rules;
  }

  async hasOwnRules(manager: EntityManager, workspaceId: string): Promise<boolean> {
    for (const filler of this.entries) if (await filler.hasOwnRules(manager, workspaceId)) return true;
    return false;
  }
}
