import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { BadInputError, ConflictError, type InputFault, wordedFault } from '../../errors/domain-errors.ts';
import { Precondition } from '../../http/request/precondition.ts';
import { departmentProperty } from '../../member-directory/properties/default-property.ts';
import { PropertyChecks } from '../../member-directory/properties/property-checks.ts';
import { isPropertyKey } from '../../member-directory/properties/property-key.ts';
import { holdProperties, propertiesOf } from '../../member-directory/properties/property-statements.ts';
import { queueEverybody } from '../../sync-queue/queue-people.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import type { MappingChangeDto } from './attribute-mapping.dto.ts';
import { type CompiledRules, compileRules } from '../compile/compile-rules.ts';
import { defaultRules } from '../compile/default-rules.ts';
import type { Rule } from '../rule/rule.ts';
import { ruleFault } from '../rule/rule-faults.ts';
import { toRules } from './rule-input.ts';
import { insertMapping, type Mapping, readMapping } from './rule-rows.ts';
import { InLane } from '../../database/lanes/task.ts';
import { sql } from '../../database/sql.ts';

/**
 * How rules are saved.
 *
 * @property version the version that was read and changed; another one by now is a conflict
 * @property restoredFrom the version whose rules these are
 */
export interface SaveOptions {
  version?: number | undefined;
  restoredFrom?: number | undefined;
  precondition?: Precondition;
}

/** The attribute mapping of a workspace: read and replaced. */
@Injectable()
export class AttributeMappingService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly config: Config,
    checks: PropertyChecks,
  ) {
    checks.register((manager, workspaceId, property) => this.brokenBy(manager, workspaceId, property));
  }

  /**
   * The rules that hold now. A workspace without rules of its own goes by the built-in ones, which are version 0; they
   * fill the property `department` while there is one.
   *
   * @param database the data source, or the transaction that must see its own writes
   */
  async current(db: Db, workspaceId: string): Promise<Mapping> {
    return (await readMapping(db, workspaceId)) ?? this.builtIn(db, workspaceId);
  }

  /**
   * {@link current}, for a write: of two writes that name the same state, the second sees what the first made.
   *
   * @throws PreconditionFailedError
   */
  async found(manager: EntityManager, workspaceId: string, precondition: Precondition): Promise<Mapping> {
    if (precondition.isGiven) {
      await dbOf(manager).run(sql`SELECT 1 FROM workspace WHERE id = ${workspaceId} FOR UPDATE`);
    }
    const mapping = await this.current(dbOf(manager), workspaceId);
    precondition.check(mapping);
    return mapping;
  }

  /** The built-in rules, which are version 0. */
  async builtIn(db: Db, workspaceId: string): Promise<Mapping> {
    return this.builtInFor(await propertiesOf(db, workspaceId));
  }

  /** {@link builtIn} where these are the properties. */
  builtInFor(properties: readonly Property[]): Mapping {
    const department = properties.find((property) => property.key === departmentProperty.key);
    const isFillable = department?.filledBy !== 'people' && department?.type !== 'user';
    return { version: 0, rules: defaultRules(department !== undefined && isFillable) };
  }

  /** {@link current}, for a reader outside every transaction. */
  async get(workspaceId: string): Promise<Mapping> {
    return this.current(dbOf(this.dataSource), workspaceId);
  }

  /**
   * Replaces the rules by a new version and has everybody looked at by the next run. The same rules again are no
   * new version.
   *
   * @throws BadInputError naming every bad rule by its place (`rules[3].source`)
   * @throws ConflictError `mapping-changed` when someone else saved in between
   * @throws PreconditionFailedError likewise, when the request named a state
   */
  async replace(session: Session, body: MappingChangeDto, precondition: Precondition): Promise<Mapping> {
    return this.save(session, toRules(body.rules), { version: body.version, precondition });
  }

  /** {@link replace}, with rules that have been read already. */
  @InLane('overhaul')
  async save(session: Session, rules: Rule[], options: SaveOptions): Promise<Mapping> {
    return this.dataSource.transaction(async (manager) => this.saveWithin(manager, session, rules, options));
  }

  /** {@link save}, in a transaction that does more. */
  async saveWithin(
    manager: EntityManager,
    session: Session,
    rules: Rule[],
    { version, restoredFrom, precondition = Precondition.none }: SaveOptions,
  ): Promise<Mapping> {
    const { workspaceId, email } = session;
    const now = this.clock.now();
    const current = await this.found(manager, workspaceId, precondition);
    if (version !== undefined && version !== current.version) throw mappingChanged();
    this.compile(rules, await holdProperties(dbOf(manager), workspaceId, propertyKeysOf(rules)));
    if (isDeepStrictEqual(rules, current.rules)) return current;
    const next = { version: current.version + 1, rules };
    await insertMapping(manager, workspaceId, next, { name: email, now, restoredFrom });
    await queueEverybody(dbOf(manager), workspaceId, 'mapping', now);
    const action = restoredFrom === undefined ? 'attribute-mapping.replaced' : 'attribute-mapping.restored';
    await this.audit.byAdmin(manager, session, action, undefined, {
      version: next.version,
      rules: rules.length,
      ...(restoredFrom !== undefined && { restoredFrom }),
    });
    return next;
  }

  /**
   * Checks rules that are not saved, and makes them ready for use.
   *
   * @throws BadInputError naming every bad rule by its place
   */
  compile(rules: readonly Rule[], properties: readonly Property[]): CompiledRules {
    return requireSound(rules, properties, this.config.productLanguages);
  }

  /** The faults of the current rules if a property were this one. */
  private async brokenBy(
    manager: EntityManager,
    workspaceId: string,
    changed: Property,
  ): Promise<InputFault[]> {
    const { rules, version } = await this.current(dbOf(manager), workspaceId);
    // The built-in rules fit themselves to the properties.
    if (version === 0) return [];
    const properties = await propertiesOf(dbOf(manager), workspaceId);
    const after = properties.map((property) => (property.id === changed.id ? changed : property));
    return compileRules(rules, after).faults;
  }
}

function requireSound(
  rules: readonly Rule[],
  properties: readonly Property[],
  productLanguages: readonly string[],
): CompiledRules {
  const { compiled, faults } = compileRules(rules, properties, productLanguages);
  const all = [...faults, ...targetFaults(rules)];
  if (all.length > 0) throw new BadInputError(all);
  return compiled;
}

/** Faults of the whole: without an address nobody could become a member. */
function targetFaults(rules: readonly Rule[]): InputFault[] {
  const fillsEmail = rules.some(({ target }) => 'field' in target && target.field === 'email');
  return fillsEmail ? [] : [wordedFault('rules', ruleFault('no-email-rule'))];
}

/** The keys that the rules name, without those that cannot be a key and so name no property. */
function propertyKeysOf(rules: readonly Rule[]): string[] {
  return rules
    .flatMap(({ target }) => ('property' in target ? [target.property] : []))
    .filter((key) => isPropertyKey(key));
}

/** Someone else saved the mapping after it was read. */
export function mappingChanged(): ConflictError {
  return new ConflictError(
    'mapping-changed',
    'The attribute mapping was changed by someone else meanwhile. Load it again.',
  );
}
