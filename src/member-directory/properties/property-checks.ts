import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { InputFault } from '../../errors/domain-errors.ts';
import type { Property } from './property-row.ts';
import { ExtensionPoint } from '../../extension-points/extension-point.ts';

/** Says what would no longer work if a property changed like this, and where. */
export type PropertyCheck = (
  manager: EntityManager,
  workspaceId: string,
  property: Property,
) => Promise<readonly InputFault[]>;

/** Where rooms that use properties say what a change of one would break. */
@Injectable()
export class PropertyChecks extends ExtensionPoint<PropertyCheck> {
  /** Everything that would no longer work. */
  async run(manager: EntityManager, workspaceId: string, property: Property): Promise<InputFault[]> {
    const found: InputFault[] = [];
    for (const check of this.entries) found.push(...(await check(manager, workspaceId, property)));
    return found;
  }
}
