import { isUnreadable, type ReadingNote } from '../../scim-core/reading-note.ts';
import { parseResource } from '../../scim-core/parse-resource.ts';
import { ownIgnoringCase, type ScimResource } from '../../scim-core/resource.ts';
import { groupResourceType } from '../../scim-core/resource-types.ts';
import type { MemberInput } from './membership-parts.ts';

/**
 * Reads a group. Members are rows, so they are not part of the resource. They are undefined when the body does not name
 * them or none of them can be read; they are `[]` when the body says that there are none. `isPartial`: some could not be
 * read.
 */
export function parseGroup(body: unknown): {
  resource: ScimResource;
  members: MemberInput[] | undefined;
  isPartial: boolean;
  notes: ReadingNote[];
} {
  const { resource: parsed, notes } = parseResource(body, groupResourceType);
  const { members, ...resource } = parsed;
  const isPartial = notes.some((note) => isUnreadable(note) && /^members\b/.test(note.path));
  if (Array.isArray(members)) return { resource, members: members as MemberInput[], isPartial, notes };
  const isNamed = ownIgnoringCase(body, 'members') !== undefined;
  return { resource, members: isNamed && !isPartial ? [] : undefined, isPartial, notes };
}
