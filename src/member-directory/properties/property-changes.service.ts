import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { byAdmin, MemberEvents } from '../events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import {
  BadInputError,
  codedFault,
  ConflictError,
  type InputFault,
  sayFault,
} from '../../errors/domain-errors.ts';
import type { Language } from '../../errors/sentence.ts';
import { Precondition } from '../../http/request/precondition.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { PropertyChecks } from './property-checks.ts';
import { PropertyUses } from './property-uses.ts';
import {
  type Conversion,
  convertAll,
  heldValues,
  namedFailures,
  optionsFromValues,
  writeConversion,
} from './property-conversion.ts';
import { noOptionsHere, parseOptions } from './property-options.ts';
import { type Property, type PropertyView, toPropertyView } from './property-row.ts';
import { lockProperty, membersByOption, membersWithout, updateProperty } from './property-statements.ts';
import { propertyTypeOf } from './property-types/registry.ts';
import type { PropertyChangeDto, PropertyChangePreviewResponse } from './property.dto.ts';
import { queueEverybody } from '../../sync-queue/queue-people.ts';
import { InLane } from '../../database/lanes/task.ts';

/** A change that is planned and not yet written. */
interface PlannedChange {
  before: Property;
  after: Property;
  /** Null while the type stays. */
  conversion: Conversion | null;
  optionsGone: { key: string; members: number }[];
  /** What rules of the attribute mapping could no longer do. */
  broken: InputFault[];
}

/** Changes properties, and previews what a change touches. */
@Injectable()
export class PropertyChangesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly checks: PropertyChecks,
    private readonly uses: PropertyUses,
  ) {}

  /**
   * Renames a property, changes its options or its type. The key never changes.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws BadInputError naming what does not fit
   * @throws ConflictError `option-in-use` when members hold an option that would go, `values-do-not-convert` unless the
   *   change allows the loss of such values, `rules-do-not-fit` when a mapping rule could no longer fill it
   */
  @InLane('overhaul')
  async update(
    session: Session,
    id: string,
    body: PropertyChangeDto,
    precondition: Precondition,
  ): Promise<PropertyView> {
    return this.dataSource.transaction(async (manager) => {
      const events = new MemberEvents(byAdmin);
      const { property } = await this.updateWithin(manager, session, id, body, { precondition, events });
      events.append(dbOf(manager), session.workspaceId, this.clock.now());
      return property;
    });
  }

  /**
   * {@link update}, in a transaction that does more.
   *
   * @param options `events`: collects what happens to members
   */
  async updateWithin(
    manager: EntityManager,
    session: Session,
    id: string,
    body: PropertyChangeDto,
    { events, precondition = Precondition.none }: { events: MemberEvents; precondition?: Precondition },
  ): Promise<{ property: PropertyView; changed: boolean }> {
    const { workspaceId } = session;
    const db = dbOf(manager);
    const now = this.clock.now();
    const plan = await this.plan(manager, workspaceId, id, body, precondition);
    const { before, after, conversion } = plan;
    refuseLoss(plan, body.dropUnconvertible === true);
    if (JSON.stringify(after) === JSON.stringify(before)) {
      return { property: toPropertyView(before), changed: false };
    }
    await updateProperty(db, workspaceId, after, now);
    if (conversion !== null) await writeConversion(db, workspaceId, after.key, conversion, now, events);
    if (concernsMapping(plan) && (await this.isMapped(manager, workspaceId, after))) {
      await queueEverybody(dbOf(manager), workspaceId, 'property', now);
    }
    const { key, name, type } = after;
    await this.audit.byAdmin(manager, session, 'property.updated', id, { key, name, type });
    return { property: toPropertyView(after), changed: true };
  }

  /**
   * What a change would touch: members, rules, options, and the values that would not convert. An empty change shows how
   * much the property is used. Nothing is written.
   *
   * @throws NotFoundError
   * @throws BadInputError naming what does not fit
   */
  @InLane('overhaul')
  async preview(
    workspaceId: string,
    id: string,
    body: PropertyChangeDto,
    language: Language,
  ): Promise<PropertyChangePreviewResponse> {
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const plan = await this.plan(manager, workspaceId, id, body);
      const { before, after, conversion } = plan;
      const held = conversion?.members ?? (await heldValues(db, workspaceId, before.key)).length;
      const keys = (before.options ?? []).map(({ key }) => key);
      const byOption = await membersByOption(db, workspaceId, before.key, keys);
      const kept = new Map((after.options ?? []).map((option) => [option.key, option.name]));
      return {
        property: toPropertyView(after),
        members: held,
        membersWithout: await membersWithout(db, workspaceId, before.key),
        rules: await this.uses.countRules(manager, workspaceId, before.key),
        options: (before.options ?? []).map(({ key, name }) => ({
          key,
          name,
          members: byOption.get(key) ?? 0,
          change: changeOf(name, kept.get(key)),
        })),
        converts: conversion === null ? held : conversion.converted.length,
        doesNotConvert: conversion?.failed.length ?? 0,
        failures: namedFailures(conversion?.failed ?? [], language),
        brokenRules: plan.broken.map((fault) => brokenLine(fault, language)),
      };
    });
  }

  /** Whether the attribute mapping says anything about the property. It also reports a required one that no rule fills. */
  private async isMapped(manager: EntityManager, workspaceId: string, property: Property): Promise<boolean> {
    if (property.filledBy === 'provisioning') return true;
    return (await this.uses.countRules(manager, workspaceId, property.key)) > 0;
  }

  private async plan(
    manager: EntityManager,
    workspaceId: string,
    id: string,
    body: PropertyChangeDto,
    precondition = Precondition.none,
  ): Promise<PlannedChange> {
    const db = dbOf(manager);
    const before = await lockProperty(db, workspaceId, id);
    precondition.check(toPropertyView(before));
    const type = body.type ?? before.type;
    const options = changedOptions(before, type, body);
    const after: Property = {
      ...before,
      name: body.name ?? before.name,
      type,
      required: body.required ?? before.required,
      filledBy: body.filledBy ?? before.filledBy,
    };
    if (options !== null) after.options = options;
    if (type === before.type) {
      const optionsGone = options === null ? [] : await usedOptionsGone(db, workspaceId, before, options);
      const mayBreak = options !== null || after.filledBy !== before.filledBy;
      const broken = mayBreak ? await this.checks.run(manager, workspaceId, after) : [];
      return { before, after, conversion: null, optionsGone, broken };
    }
    const held = await heldValues(db, workspaceId, before.key);
    if (options === null) after.options = optionsFromValues(held, before, after);
    const broken = await this.checks.run(manager, workspaceId, after);
    return { before, after, conversion: convertAll(held, before, after), optionsGone: [], broken };
  }
}

/** Whether the change can alter what the attribute mapping gives. */
function concernsMapping({ before, after, conversion }: PlannedChange): boolean {
  return (
    conversion !== null ||
    after.options !== before.options ||
    after.required !== before.required ||
    after.filledBy !== before.filledBy
  );
}

/** The new options of a change, or null when it names none. @throws BadInputError */
function changedOptions(property: Property, type: string, body: PropertyChangeDto) {
  const { options, faults } = parseOptions(body.options, property.options ?? []);
  const hasOptions = propertyTypeOf(type).hasOptions;
  if (body.options != null && !hasOptions && options.length > 0) faults.push(noOptionsHere(type));
  if (body.key !== undefined && body.key !== property.key) {
    const message = `cannot change: the key of this property stays ${property.key}`;
    faults.push(codedFault('key', 'key-stays', message, { key: property.key }));
  }
  if (faults.length > 0) throw new BadInputError(faults);
  return body.options == null || !hasOptions ? null : options;
}

async function usedOptionsGone(
  db: Db,
  workspaceId: string,
  property: Property,
  options: readonly { key: string }[],
): Promise<{ key: string; members: number }[]> {
  const kept = new Set(options.map((option) => option.key));
  const gone = (property.options ?? []).map((option) => option.key).filter((key) => !kept.has(key));
  if (gone.length === 0) return [];
  const used = await membersByOption(db, workspaceId, property.key, gone);
  return [...used].map(([key, members]) => ({ key, members }));
}

function refuseLoss({ before, conversion, optionsGone, broken }: PlannedChange, mayDrop: boolean): void {
  if (optionsGone.length > 0) {
    const list = optionsGone.map(({ key, members }) => `${key} (${members})`).join(', ');
    throw new ConflictError('option-in-use', `Members hold options that would go: ${list}.`, {
      options: optionsGone,
      property: before.name,
    });
  }
  if (broken.length > 0) {
    const rules = broken.map((fault) => brokenLine(fault, 'en'));
    throw new ConflictError(
      'rules-do-not-fit',
      `The attribute mapping could not go on: ${rules.join('; ')}.`,
      { rules },
      broken,
    );
  }
  const failed = conversion?.failed ?? [];
  if (failed.length > 0 && !mayDrop) {
    throw new ConflictError(
      'values-do-not-convert',
      `The values of ${failed.length} members do not convert. Say "dropUnconvertible": true to let them go.`,
      { doesNotConvert: failed.length, failures: namedFailures(failed, 'en'), property: before.name },
    );
  }
}

function brokenLine(fault: InputFault, language: Language): string {
  return `${fault.path} ${sayFault(fault, language).message}`;
}

function changeOf(name: string, newName: string | undefined): 'stays' | 'renamed' | 'deleted' {
  if (newName === undefined) return 'deleted';
  return newName === name ? 'stays' : 'renamed';
}
