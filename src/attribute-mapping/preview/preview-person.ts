import { isDeepStrictEqual } from 'node:util';
import type { Language } from '../../errors/sentence.ts';
import { problemText } from '../../member-directory/properties/property-types/value-problem.ts';
import { own } from '../../scim-core/resource.ts';
import type { CompiledRules, CompiledTarget } from '../compile/compile-rules.ts';
import type { SampledMember, SampledUser } from '../sample/directory-sample.ts';
import { managerHasFailed, managerTarget, type MappedMember } from '../mapping/map-attributes.ts';
import type { PreviewedPersonResponse } from './mapping-preview.dto.ts';

/** A field of a member before and after; before is null for who is no member yet. */
export interface PreviewedChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** One person, and what candidate rules make of him. */
export interface PreviewedPerson extends Pick<SampledUser, 'id' | 'userName' | 'member'> {
  name: string;
  mapped: MappedMember;
  changes: PreviewedChange[];
}

/**
 * What rules would change about a person. Pure. What only counts at creation leaves a member as he is, an address is
 * never emptied, and a reference to somebody who has no member yet changes nothing.
 *
 * @param named the members that references name
 */
export function previewPerson(
  person: SampledUser,
  mapped: MappedMember,
  compiled: CompiledRules,
  named: ReadonlyMap<string, string>,
): PreviewedPerson {
  const { id, userName, member, resource } = person;
  const createOnly = new Set(mapped.createOnly);
  const changes = compiled.targets.flatMap((target) => {
    if (member !== null && createOnly.has(target.name)) return [];
    const found = valueAfter(target, mapped, named);
    // Nobody is their own manager: synchronization leaves such a reference out.
    const isOwnManager = target.name === managerTarget && member !== null && found === member.id;
    const after = isOwnManager ? null : found;
    const before = member === null ? null : valueBefore(target, member);
    if (after === undefined || isDeepStrictEqual(before, after)) return [];
    if (after === null && target.name === 'email') return [];
    return [{ field: target.name, before, after }];
  });
  const displayName = own(resource, 'displayName');
  return {
    id,
    userName,
    member,
    name: typeof displayName === 'string' ? displayName : userName,
    mapped,
    changes,
  };
}

/** The person as the HTTP contract shows him: what the rules give, what would change, and what fails. */
export function toPreviewResponse(
  person: PreviewedPerson,
  compiled: CompiledRules,
  language: Language,
): PreviewedPersonResponse {
  const { mapped } = person;
  return {
    directoryUserId: person.id,
    memberId: person.member?.id ?? null,
    name: person.name,
    values: compiled.targets.flatMap((target) => {
      const value = mappedValue(target, mapped);
      return value === undefined ? [] : [{ target: target.name, value }];
    }),
    changes: person.changes,
    newOptions: mapped.newOptions.map(({ property, name }) => ({ property, name })),
    problems: mapped.problems.map((problem) => ({ ...problem, text: problemText(problem, language) })),
  };
}

/** As mapped, a reference as it was sent; undefined when the only values had a problem. */
function mappedValue({ target }: CompiledTarget, mapped: MappedMember): unknown {
  if ('property' in target)
    return own(mapped.properties, target.property) ?? mapped.references[target.property];
  if (target.field !== 'manager') return mapped.fields[target.field];
  return managerHasFailed(mapped) ? undefined : mapped.manager;
}

/** As a member would hold it; undefined leaves him as he is. */
function valueAfter(
  target: CompiledTarget,
  mapped: MappedMember,
  named: ReadonlyMap<string, string>,
): unknown {
  const value = mappedValue(target, mapped);
  return target.isReference && typeof value === 'string' ? named.get(value) : value;
}

function valueBefore({ target }: CompiledTarget, member: SampledMember): unknown {
  if ('property' in target) return own(member.properties, target.property) ?? null;
  return target.field === 'manager' ? member.managerId : member[target.field];
}
