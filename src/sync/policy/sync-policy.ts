import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AttributeMappingService } from '../../attribute-mapping/versions/attribute-mapping.service.ts';
import { type Mapping, readMapping } from '../../attribute-mapping/versions/rule-rows.ts';
import { type MappedMember, mapAttributes } from '../../attribute-mapping/mapping/map-attributes.ts';
import { OptionBudget } from '../../attribute-mapping/mapping/option-budget.ts';
import { groupPatternsOf } from '../../attribute-mapping/compile/rule-source.ts';
import { type Rule, targetName } from '../../attribute-mapping/rule/rule.ts';
import { Config } from '../../config/config.ts';
import { askInTurn, type Asks, askTogether } from '../../database/ask-together.ts';
import type { Db } from '../../database/db.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import type { OptionName } from '../../member-directory/properties/add-options.ts';
import { propertiesOf } from '../../member-directory/properties/property-statements.ts';
import {
  RoleMappingService,
  type UsableRoleMapping,
} from '../../role-mapping/versions/role-mapping.service.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import { type Workspace, WorkspacesService } from '../../workspaces/workspaces.service.ts';

/**
 * The rules and settings of one plan, read once at its beginning.
 *
 * @property properties the properties of the workspace
 * @property mapsManager whether a rule fills the manager
 * @property readsGroups whether a rule reads the names of a person's groups
 * @property roles what gives roles; null: they are left alone
 * @property stamp differs whenever rules, roles, properties, settings or the languages of the product do
 */
export interface SyncPolicy {
  workspace: Workspace;
  settings: WorkspaceSettings & { ownedFields: readonly string[] };
  mappingVersion: number;
  properties: readonly Property[];
  mapsManager: boolean;
  readsGroups: boolean;
  roles: UsableRoleMapping | null;
  stamp: string;
  map(resource: ScimResource, groups: readonly string[]): MappedMember;
  /** Stops creating these options: others have filled their properties meanwhile. */
  refuseOptions(options: readonly OptionName[]): void;
}

type StoredPolicy = readonly [Mapping | null, Property[], UsableRoleMapping | null];

/** Reads the sync policy of a workspace. */
@Injectable()
export class SyncPolicyService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly workspaces: WorkspacesService,
    private readonly mapping: AttributeMappingService,
    private readonly roleMapping: RoleMappingService,
    private readonly config: Config,
  ) {}

  /**
   * The rules, properties and settings as they are now.
   *
   * @param within the transaction that asks, if one does: it must not wait for a second connection while it holds its own
   * @throws NotFoundError for an unknown workspace
   */
  async open(workspaceId: string, within?: Db): Promise<SyncPolicy> {
    const workspace = await this.workspaces.get(workspaceId, within);
    const [stored, properties, roles] = await this.read(workspaceId, within);
    const { version, rules } = stored ?? this.mapping.builtInFor(properties);
    const { productLanguages } = this.config;
    const budget = new OptionBudget(properties);
    return {
      workspace,
      settings: { ...workspace.settings, ownedFields: ownedFields(rules) },
      mappingVersion: version,
      properties,
      mapsManager: rules.some(({ target }) => 'field' in target && target.field === 'manager'),
      readsGroups: groupPatternsOf(rules).length > 0,
      roles,
      stamp: JSON.stringify([
        workspace.settings,
        version,
        properties,
        productLanguages,
        roles?.stamp ?? null,
      ]),
      refuseOptions: (options) => budget.refuse(options),
      map: (resource, groups) =>
        budget.settle(mapAttributes(rules, resource, properties, groups, productLanguages)),
    };
  }

  private read(workspaceId: string, within: Db | undefined): Promise<StoredPolicy> {
    const asks: Asks<StoredPolicy> = [
      (db) => readMapping(db, workspaceId),
      (db) => propertiesOf(db, workspaceId),
      (db) => this.roleMapping.usable(workspaceId, db),
    ];
    return within === undefined ? askTogether(this.dataSource, asks) : askInTurn(within, asks);
  }
}

function ownedFields(rules: readonly Rule[]): string[] {
  const always = rules.filter(({ when }) => when === 'always');
  return [...new Set(always.map(({ target }) => targetName(target)))].sort();
}
