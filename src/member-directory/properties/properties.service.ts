import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { propertyFieldName } from '../fields/member-field.ts';
import { byAdmin, MemberEvents } from '../events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { cursorsOf, decodeCursor, type Page, type PageQuery, pageOf } from '../../http/paging/page.ts';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import { newId } from '../../database/ids.ts';
import { parameter, sql } from '../../database/sql.ts';
import { BadInputError, codedFault, ConflictError, NotFoundError } from '../../errors/domain-errors.ts';
import type { Language } from '../../errors/sentence.ts';
import { Precondition } from '../../http/request/precondition.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { departmentNames, departmentProperty } from './default-property.ts';
import { isPropertyKey, propertyKeyLengthMaxChars, propertyKeyOf } from './property-key.ts';
import { noOptionsHere, parseOptions } from './property-options.ts';
import { type Property, type PropertyView, toPropertyView } from './property-row.ts';
import { clearPropertyValues, insertProperty, lockProperty, propertiesOf } from './property-statements.ts';
import { PropertyUses } from './property-uses.ts';
import { propertyTypeOf } from './property-types/registry.ts';
import type { NewPropertyDto } from './property.dto.ts';
import { InLane } from '../../database/lanes/task.ts';

/** Most properties of one workspace. */
export const propertiesMax = 100;

/** The member fields that a workspace defines for itself. */
@Injectable()
export class PropertiesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly uses: PropertyUses,
  ) {}

  /** All properties of the workspace in order of creation. */
  async list(workspaceId: string): Promise<Property[]> {
    return propertiesOf(dbOf(this.dataSource), workspaceId);
  }

  /** A page of them. @throws BadInputError for a cursor that this list has not issued */
  async page(workspaceId: string, query: PageQuery): Promise<Page<PropertyView>> {
    const cursors = cursorsOf(this.seal, 'properties', workspaceId);
    const after = decodeCursor(cursors, query.cursor) ?? '';
    const rest = (await this.list(workspaceId)).filter((property) => property.id > after);
    return pageOf(
      cursors,
      rest.slice(0, query.limit + 1).map(toPropertyView),
      query.limit,
      (property) => property.id,
    );
  }

  /** One of them. @throws NotFoundError */
  async get(workspaceId: string, id: string): Promise<PropertyView> {
    const property = (await this.list(workspaceId)).find((each) => each.id === id);
    if (property === undefined) throw new NotFoundError('property');
    return toPropertyView(property);
  }

  /**
   * Defines a property.
   *
   * @throws BadInputError naming what does not fit
   * @throws ConflictError `property-key-taken`, `too-many-properties`
   */
  async create(session: Session, body: NewPropertyDto): Promise<PropertyView> {
    return this.dataSource.transaction(async (manager) => this.createWithin(manager, session, body));
  }

  /** {@link create}, in a transaction that does more. */
  async createWithin(manager: EntityManager, session: Session, body: NewPropertyDto): Promise<PropertyView> {
    const { workspaceId } = session;
    const type = propertyTypeOf(body.type);
    const { options, faults } = parseOptions(body.options);
    if (!type.hasOptions && options.length > 0) faults.push(noOptionsHere(body.type));
    if (body.key !== undefined && !isPropertyKey(body.key)) faults.push(badKey);
    if (faults.length > 0) throw new BadInputError(faults);
    const existing = await propertiesOf(dbOf(manager), workspaceId);
    if (existing.length >= propertiesMax) throw tooManyProperties();
    const key = body.key ?? propertyKeyOf(body.name, new Set(existing.map((property) => property.key)));
    const property: Property = {
      id: newId(),
      key,
      name: body.name,
      type: body.type,
      options: type.hasOptions ? options : null,
      required: body.required ?? false,
      filledBy: body.filledBy ?? 'both',
    };
    await insertProperty(dbOf(manager), workspaceId, property, this.clock.now());
    await this.audit.byAdmin(manager, session, 'property.created', property.id, recordedOf(property));
    return toPropertyView(property);
  }

  /**
   * Deletes a property and its values.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `property-in-use` while a rule of the attribute mapping fills it
   */
  @InLane('overhaul')
  async remove(session: Session, id: string, precondition = Precondition.none): Promise<void> {
    const { workspaceId } = session;
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      // The lock waits for a mapping that is being saved, so the rules below are the saved ones.
      const property = await lockProperty(db, workspaceId, id);
      precondition.check(toPropertyView(property));
      if ((await this.uses.countRules(manager, workspaceId, property.key)) > 0) throw propertyInUse(property);
      await db.run(sql`DELETE FROM property WHERE workspace_id = ${workspaceId} AND id = ${id}`);
      const cleared = await clearPropertyValues(db, workspaceId, property.key);
      await this.audit.byAdmin(manager, session, 'property.deleted', property.id, recordedOf(property));
      const events = new MemberEvents(byAdmin);
      const field = propertyFieldName(property.key);
      for (const { memberId, value } of cleared) {
        events.member('member.updated', memberId, [{ field, before: value, after: null }]);
      }
      events.append(db, workspaceId, this.clock.now());
    });
  }

  /**
   * Adds the property that the built-in rules fill, unless the workspace has one with that key or rules of its own. Called
   * in the transaction of an activation; a second call changes nothing.
   */
  async ensureDefaults(manager: EntityManager, workspaceId: string, language: Language): Promise<void> {
    if (await this.uses.hasOwnRules(manager, workspaceId)) return;
    const now = parameter(this.clock.now());
    const { key, type } = departmentProperty;
    const name = departmentNames[language];
    await dbOf(manager).run(
      sql`INSERT INTO property (workspace_id, id, key, name, type, created_at, updated_at)
       VALUES (${workspaceId}, ${newId()}, ${key}, ${name}, ${type}, ${now}, ${now})
       ON CONFLICT (workspace_id, key) DO NOTHING`,
    );
  }
}

const badKey = codedFault(
  'key',
  'bad-key',
  `must begin with a letter, go on with letters, digits, _ or -, and be at most ${propertyKeyLengthMaxChars} characters long`,
  { lengthMaxChars: propertyKeyLengthMaxChars },
);

function propertyInUse(property: Property): ConflictError {
  return new ConflictError(
    'property-in-use',
    `A rule of the attribute mapping fills ${property.name}. Remove the rule first.`,
    { property: property.key },
  );
}

function tooManyProperties(): ConflictError {
  return new ConflictError(
    'too-many-properties',
    `A workspace can have at most ${propertiesMax} properties.`,
    { propertiesMax },
  );
}

/** What the audit log says of a property. */
function recordedOf({ key, name, type }: Property): Record<string, unknown> {
  return { key, name, type };
}
