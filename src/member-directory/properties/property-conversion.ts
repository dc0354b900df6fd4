import { propertyFieldName } from '../fields/member-field.ts';
import { memberNameSql } from '../fields/member-name-sql.ts';
import type { MemberEvents } from '../events/member-events.ts';
import type { Db } from '../../database/db.ts';
import { json, parameter, sql } from '../../database/sql.ts';
import type { Language } from '../../errors/sentence.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { cleanLine } from '../../scim-core/visible-text.ts';
import { convertValue, rawValue } from './convert-value.ts';
import { optionsMax, optionTextLengthMaxChars } from './property-options.ts';
import type { Property } from './property-row.ts';
import { propertyTypeOf } from './property-types/registry.ts';
import {
  type PropertyOption,
  type PropertyValue,
  textOf,
  type ValueProblem,
} from './property-types/property-type.ts';
import { problemText } from './property-types/value-problem.ts';

/** Most members that an answer names because their value does not convert. */
const failuresNamedMax = 100;

/** A member who holds a value. */
export interface HeldValue {
  memberId: string;
  name: string;
  value: PropertyValue;
}

/** A value that does not convert, and why. */
export interface FailedConversion extends HeldValue {
  problem: ValueProblem;
}

/** A value that does not convert, as an answer names it. */
export interface NamedFailure extends HeldValue, ValueProblem {
  text: string;
}

/** What becomes of the values of a property. */
export interface Conversion {
  /** How many members hold a value. */
  members: number;
  converted: { memberId: string; before: PropertyValue; value: PropertyValue }[];
  failed: FailedConversion[];
}

/** All members who hold a value of a property. */
export async function heldValues(db: Db, workspaceId: string, key: string): Promise<HeldValue[]> {
  const property = sql`${parameter(key)}::text`;
  const { rows } = await db.run(
    sql<HeldValue>`SELECT id AS "memberId", ${memberNameSql('m')} AS name, properties -> ${property} AS value
     FROM member m WHERE workspace_id = ${workspaceId} AND properties ? ${property} ORDER BY id`,
  );
  return rows;
}

/** Converts the values of a property that becomes another. Pure. */
export function convertAll(held: readonly HeldValue[], from: Property, to: Property): Conversion {
  const conversion: Conversion = { members: held.length, converted: [], failed: [] };
  for (const { memberId, name, value } of held) {
    const result = convertValue(value, from, to);
    if ('value' in result) conversion.converted.push({ memberId, before: value, value: result.value });
    else conversion.failed.push({ memberId, name, value, problem: result.problem });
  }
  return conversion;
}

/** The options of a property that becomes a select without given options: its values, as many as fit. */
export function optionsFromValues(
  held: readonly HeldValue[],
  from: Property,
  to: Property,
): PropertyOption[] | null {
  if (!propertyTypeOf(to.type).hasOptions) return null;
  if (from.options !== null) return from.options;
  const options = new Map<string, PropertyOption>();
  for (const { value } of held) {
    const name = cleanLine(textOf(rawValue(value, from, to)) ?? '');
    if (name === '' || name.length > optionTextLengthMaxChars || options.size >= optionsMax) continue;
    const key = foldCase(name);
    if (!options.has(key)) options.set(key, { key, name });
  }
  return [...options.values()];
}

/** Writes the converted values and removes the others. The caller has read the members, who may have changed since. */
export async function writeConversion(
  db: Db,
  workspaceId: string,
  key: string,
  { converted, failed }: Conversion,
  now: Date,
  events: MemberEvents,
): Promise<void> {
  const field = propertyFieldName(key);
  for (const { memberId, before, value } of converted) {
    events.member('member.updated', memberId, [{ field, before, after: value }]);
  }
  for (const { memberId, value } of failed) {
    events.member('member.updated', memberId, [{ field, before: value, after: null }]);
  }
  await db.run(
    sql`UPDATE member m SET properties = jsonb_set(m.properties, ARRAY[${key}], x.value), updated_at = ${now},
       version = m.version + 1
     FROM jsonb_to_recordset(${json(converted)}::jsonb) AS x("memberId" uuid, value jsonb)
     WHERE m.workspace_id = ${workspaceId} AND m.id = x."memberId"`,
  );
  const lost = failed.map(({ memberId }) => memberId);
  await db.run(
    sql`UPDATE member SET properties = properties - ${key}::text, updated_at = ${now}, version = version + 1
     WHERE workspace_id = ${workspaceId} AND id = ANY (${lost}::uuid[])`,
  );
}

/** The first values that do not convert, for an answer. */
export function namedFailures(failed: readonly FailedConversion[], language: Language): NamedFailure[] {
  return failed
    .slice(0, failuresNamedMax)
    .map(({ problem, ...held }) => ({ ...held, ...problem, text: problemText(problem, language) }));
}
