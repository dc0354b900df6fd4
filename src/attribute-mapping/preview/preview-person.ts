import type { Language } from '../../errors/sentence.ts';
import { problemText } from '../../member-directory/properties/property-types/value-problem.ts';
import { own } from '../../scim-core/resource.ts';
import type { CompiledRules, CompiledTarget } from '../compile/compile-rules.ts';
import type { SampledMember, SampledUser } from '../sample/directory-sample.ts';
import { applyMapped, type FieldChange, type NamedMembers } from '../mapping/apply-mapped.ts';
import { managerHasFailed, managerTarget, type MappedMember } from '../mapping/map-attributes.ts';
import type { PreviewedPersonResponse } from './mapping-preview.dto.ts';

/** One person, and what candidate rules make of them. */
export interface PreviewedPerson extends Pick<
  SampledUser,
  'id' | 'userName' | 'member' | 'isWithheld' | 'isInConflict'
> {
  name: string;
  mapped: MappedMember;
  changes: FieldChange[];
}

/**
 * What rules would change about a person, as synchronization would do it ({@link applyMapped}). Pure.
 *
 * @param named the members that references name
 */
export function previewPerson(
  person: SampledUser,
  mapped: MappedMember,
  compiled: CompiledRules,
  named: ReadonlyMap<string, string>,
): PreviewedPerson {
  const { id, userName, member, isWithheld, isInConflict, resource } = person;
  const changes = applyMapped(member, mapped, namedMembers(compiled, mapped, named, member));
  const places = new Map(compiled.targets.map(({ name }, at) => [name, at]));
  const placeOf = ({ field }: FieldChange) => places.get(field) ?? places.size;
  const displayName = own(resource, 'displayName');
  return {
    id,
    userName,
    member,
    isWithheld,
    isInConflict,
    name: typeof displayName === 'string' ? displayName : userName,
    mapped,
    changes: changes.sort((one, other) => placeOf(one) - placeOf(other)),
  };
}

/** The members that a person's references name; nobody is their own manager, as in synchronization. */
function namedMembers(
  compiled: CompiledRules,
  mapped: MappedMember,
  named: ReadonlyMap<string, string>,
  member: SampledMember | null,
): NamedMembers {
  const properties = new Map<string, string | null>();
  for (const [key, reference] of Object.entries(mapped.references)) {
    const memberId = reference === null ? null : named.get(reference);
    if (memberId !== undefined) properties.set(key, memberId);
  }
  const fillsManager = compiled.targets.some(({ name }) => name === managerTarget);
  if (fillsManager && !managerHasFailed(mapped)) {
    const memberId = mapped.manager === null ? null : named.get(mapped.manager);
    const isOwn = member !== null && memberId === member.id;
    if (memberId !== undefined) return { manager: isOwn ? null : memberId, properties };
  }
  return { properties };
}

/** The person as the HTTP contract shows them: what the rules give, what would change, and what fails. */
export function toPreviewResponse(
  person: PreviewedPerson,
  compiled: CompiledRules,
  language: Language,
): PreviewedPersonResponse {
  const { mapped } = person;
  return {
    directoryUserId: person.id,
    memberId: person.member?.id ?? null,
    withheld: person.isWithheld,
    inConflict: person.isInConflict,
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
