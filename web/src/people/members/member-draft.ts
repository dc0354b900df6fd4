import type { components } from '../../api/schema.d.ts';
import type { FieldValue, Member } from '../../api/shapes.ts';
import { memberTextFields, type MemberTextField } from '../../locales/member-fields.ts';

/** A member as it is being edited. */
export interface MemberDraft {
  texts: Record<MemberTextField, string>;
  managerId: string | null;
  properties: Record<string, FieldValue>;
}

export function draftOf(member: Member | null): MemberDraft {
  return {
    texts: Object.fromEntries(
      memberTextFields.map((field) => [field, member?.[field] ?? '']),
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
  const texts = memberTextFields
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

/** Whether an e-mail address has a domain without a dot: some companies have such inside, most have forgotten the end. */
export function isWithoutDot(email: string): boolean {
  return /^[^@\s]+@[^@.\s]+$/.test(email.trim());
}
