import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../database/clock.ts';
import { byAdmin, MemberEvents } from '../../member-directory/events/member-events.ts';
import { transactionOrDryRun } from '../../database/dry-run.ts';
import { dbOf } from '../../database/db-of.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { BadInputError, type InputFault } from '../../errors/domain-errors.ts';
import { PropertiesService } from '../../member-directory/properties/properties.service.ts';
import { PropertyChangesService } from '../../member-directory/properties/property-changes.service.ts';
import { propertyKeyOf } from '../../member-directory/properties/property-key.ts';
import { toPropertyView } from '../../member-directory/properties/property-row.ts';
import { propertiesOf } from '../../member-directory/properties/property-statements.ts';
import type { NewPropertyDto } from '../../member-directory/properties/property.dto.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { AttributeMappingService } from './attribute-mapping.service.ts';
import {
  type ConfigurationDto,
  configurationFormat,
  type ConfigurationResponse,
  type ImportedConfigurationResponse,
} from './configuration.dto.ts';
import { toRules } from './rule-input.ts';
import { InLane } from '../../database/lanes/task.ts';

/** Properties and rules as one document: configuration as code. */
@Injectable()
export class ConfigurationService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly mapping: AttributeMappingService,
    private readonly properties: PropertiesService,
    private readonly changes: PropertyChangesService,
    private readonly clock: Clock,
  ) {}

  /** Everything that {@link import} needs to make the same configuration elsewhere. */
  async export(workspaceId: string): Promise<ConfigurationResponse> {
    const properties = await propertiesOf(dbOf(this.dataSource), workspaceId);
    const { rules } = await this.mapping.get(workspaceId);
    return {
      format: configurationFormat,
      properties: properties.map((property) => {
        const { id: _id, ...exported } = toPropertyView(property);
        return exported;
      }),
      rules,
    };
  }

  /**
   * Makes the missing properties, gives the others their name and options, and replaces the rules, in one transaction.
   * Properties that the document does not name stay. The same document again changes nothing.
   *
   * @throws BadInputError with the place of every fault (`properties[2].type`, `rules[0].source`)
   * @throws PreconditionFailedError when the rules that hold now are others than the request names
   * @throws ConflictError `option-in-use`, `values-do-not-convert`, `rules-do-not-fit`, `too-many-properties`
   */
  @InLane('overhaul')
  async import(
    session: Session,
    body: ConfigurationDto,
    precondition: Precondition,
  ): Promise<ImportedConfigurationResponse> {
    const rules = toRules(body.rules);
    const dryRun = body.dryRun === true;
    return transactionOrDryRun(this.dataSource, dryRun, async (manager) => {
      const before = await this.mapping.found(manager, session.workspaceId, precondition);
      const events = new MemberEvents(byAdmin);
      const properties = await this.importProperties(manager, session, body.properties ?? [], events);
      const { version } = await this.mapping.saveWithin(manager, session, rules, {});
      events.append(dbOf(manager), session.workspaceId, this.clock.now());
      return { ...properties, version, rulesChanged: version !== before.version, saved: !dryRun };
    });
  }

  private async importProperties(
    manager: EntityManager,
    session: Session,
    given: readonly NewPropertyDto[],
    events: MemberEvents,
  ): Promise<{ propertiesCreated: string[]; propertiesChanged: string[] }> {
    const faults: InputFault[] = [];
    const created: string[] = [];
    const changed: string[] = [];
    const known = new Map(
      (await propertiesOf(dbOf(manager), session.workspaceId)).map((property) => [property.key, property]),
    );
    for (const [index, dto] of given.entries()) {
      const key = dto.key ?? propertyKeyOf(dto.name, new Set());
      const existing = known.get(key);
      await collectFaults(faults, `properties[${index}]`, async () => {
        if (!existing) {
          await this.properties.createWithin(manager, session, { ...dto, key });
          created.push(key);
        } else {
          const { changed: differs } = await this.changes.updateWithin(manager, session, existing.id, dto, {
            events,
          });
          if (differs) changed.push(key);
        }
      });
    }
    if (faults.length > 0) throw new BadInputError(faults);
    return { propertiesCreated: created, propertiesChanged: changed };
  }
}

/** Runs a step; what it finds wrong with its input is found at `path`. */
async function collectFaults(faults: InputFault[], path: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    faults.push(...error.errors.map((fault) => ({ ...fault, path: `${path}.${fault.path}` })));
  }
}
