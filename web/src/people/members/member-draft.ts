import type { components } from '../../api/schema.d.ts';
import type { FieldValue, Member } from '../../api/shapes.ts';

export const textFields = ['email', 'firstName', 'lastName', 'displayName', 'jobTitle', 'language'] as const;
type TextField = (typeof textFields)[number];

/** A member as it is being edited. */
export interface MemberDraft {
  texts: Record<TextField, string>;
  managerId: string | null;
  properties: Record<string, FieldValue>;
}

export function draftOf(member: Member | null): MemberDraft {
  return {
    texts: Object.fromEntries(
      textFields.map((field) => [field, member?.[field] ?? '']),
    ) as MemberDraft['texts'],
    managerId: member?.managerId ?? null,
    properties: { ...((member?.properties ?? {}) as Record<string, FieldValue>) },
  };
}

/** Only what was really changed; what was emptied becomes null. */
export function changesOf(
  draft: MemberDraft,
  member: Member | null,
): components['schemas']['MemberChangeDto'] {
  const before = draftOf(member);
  const texts = textFields
    .filter((field) => draft.texts[field].trim() !== before.texts[field])
    .map((field): [string, string | null] => [field, draft.texts[field].trim() || null]);
  const properties = Object.entries(draft.properties).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before.properties[key] ?? null),
  );
  return {
    ...Object.fromEntries(texts),
    ...(draft.managerId !== before.managerId && { managerId: draft.managerId }),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
  };
}
