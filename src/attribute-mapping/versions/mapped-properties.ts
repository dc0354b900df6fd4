import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { dbOf } from '../../database/db-of.ts';
import { type PropertyFiller, PropertyUses } from '../../member-directory/properties/property-uses.ts';
import { AttributeMappingService } from './attribute-mapping.service.ts';
import { readMapping } from './rule-rows.ts';

/** Tells the member directory which properties the rules fill. */
@Injectable()
export class MappedProperties implements PropertyFiller {
  constructor(
    uses: PropertyUses,
    private readonly mapping: AttributeMappingService,
  ) {
    uses.register(this);
  }

  async countRules(manager: EntityManager, workspaceId: string, key: string): Promise<number> {
    const { rules } = await this.mapping.current(dbOf(manager), workspaceId);
    return rules.filter(({ target }) => 'property' in target && target.property === key).length;
  }

  async hasOwnRules(manager: EntityManager, workspaceId: string): Promise<boolean> {
    return (await readMapping(dbOf(manager), workspaceId)) !== null;
  }
}
