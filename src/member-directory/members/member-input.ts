import { codedFault, type InputFault, wordedFault } from '../../errors/domain-errors.ts';
import { parseLanguage } from '../../scim-core/language-tag.ts';
import {
  type MemberField,
  memberFields,
  memberTextFields,
  propertyFieldName,
} from '../fields/member-field.ts';
import type { Property } from '../properties/property-row.ts';
import { type ParsedValue, problem, type PropertyValue } from '../properties/property-types/property-type.ts';
import { parsePropertyValue, propertyTypeOf } from '../properties/property-types/registry.ts';
import { parseEmailAddress, parseLine } from '../properties/property-types/text-types.ts';
import { problemWording } from '../properties/property-types/value-problem.ts';
import { isVisible } from '../../scim-core/visible-text.ts';

/** What a request says about a member. Undefined leaves a value as it is; null clears it. */
export interface MemberInput {
  fields: Partial<Record<MemberField, string | null>>;
  properties: Record<string, PropertyValue | null>;
  managerId?: string | null | undefined;
  /** The vendor's own id of the member; the host product alone gives it. */
  externalId?: string | null | undefined;
}

/** The body of a request before its values are checked. */
export interface RawMemberInput extends Partial<Record<MemberField, unknown>> {
  properties?: Record<string, unknown> | null | undefined;
  managerId?: unknown;
}

/** A member that the input names, and where it does: the member must exist. */
export interface MemberReference {
  memberId: string;
  path: string;
}

/**
 * Brings the value of a member field into its stored form.
 *
 * @param raw a text or another scalar; neither null nor empty
 * @returns the text, or the problem with it; never throws
 */
export function parseMemberField(field: MemberField, raw: unknown): ParsedValue<string> {
  const { lengthMaxChars } = memberTextFields[field];
  if (field === 'email') return parseEmailAddress(raw, lengthMaxChars);
  const parsed = parseLine(raw, lengthMaxChars);
  if ('problem' in parsed || field !== 'language') return parsed;
  const language = parseLanguage(parsed.value);
  return language === null ? problem('not-a-language', raw) : { value: language };
}

/**
 * Checks what a request says about a member.
 *
 * @param raw the body, known keys only
 * @param properties the properties of the workspace
 * @returns the values in stored form, the members that are referred to, and every fault with its path
 */
export function readMemberInput(
  raw: RawMemberInput,
  properties: readonly Property[],
): { input: MemberInput; references: MemberReference[]; faults: InputFault[] } {
  const faults: InputFault[] = [];
  const references: MemberReference[] = [];
  const input: MemberInput = { fields: {}, properties: {} };
  const accept = <T>(path: string, parsed: ParsedValue<T>): T | undefined => {
    if ('value' in parsed) return parsed.value;
    faults.push(wordedFault(path, problemWording(parsed.problem)));
    return undefined;
  };
  for (const field of memberFields) {
    const value = raw[field];
    if (value !== undefined)
      input.fields[field] = isEmpty(value) ? null : accept(field, parseMemberField(field, value));
  }
  if (raw.managerId !== undefined) {
    input.managerId = isEmpty(raw.managerId)
      ? null
      : (accept('managerId', propertyTypeOf('user').parse(raw.managerId, [])) as string | undefined);
    if (input.managerId) references.push({ memberId: input.managerId, path: 'managerId' });
  }
  for (const [key, value] of Object.entries(raw.properties ?? {})) {
    const path = propertyFieldName(key);
    const property = properties.find((candidate) => candidate.key === key);
    if (!property) {
      faults.push(codedFault(path, 'unknown-property', 'is no property of this workspace'));
      continue;
    }
    const parsed = isEmpty(value) ? null : accept(path, parsePropertyValue(property, value));
    if (parsed === undefined) continue;
    if (parsed === null && isRequiredOfPeople(property)) faults.push(missing(path));
    input.properties[key] = parsed;
    if (property.type === 'user' && typeof parsed === 'string') references.push({ memberId: parsed, path });
  }
  return { input, references, faults };
}

/**
 * What else is wrong with the input for a new member: a value that people must give is missing, or one that they may not
 * give is there.
 */
export function newMemberFaults(input: MemberInput, properties: readonly Property[]): InputFault[] {
  return properties.flatMap((property) => {
    const path = propertyFieldName(property.key);
    const isGiven = Object.hasOwn(input.properties, property.key);
    if (!isGiven && isRequiredOfPeople(property)) return [missing(path)];
    const isForeign =
      property.filledBy === 'provisioning' && (input.properties[property.key] ?? null) !== null;
    return isForeign ? [codedFault(path, 'provisioned-only', 'is filled by user provisioning alone')] : [];
  });
}

/** A required value is missing. */
export function missing(path: string): InputFault {
  return codedFault(path, 'required', 'is required');
}

function isRequiredOfPeople({ required, filledBy }: Property): boolean {
  return required && filledBy !== 'provisioning';
}

/** Nothing was given, or nothing visible: such a value clears the field. */
export function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return !isVisible(value);
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
