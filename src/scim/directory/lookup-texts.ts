import { foldCase } from '../../scim-core/fold.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import { isObject, type ScimResource } from '../../scim-core/resource.ts';

/** The texts, besides `userName`, by which a user is found, folded. The database keeps their hashes. */
export interface LookupTexts {
  displayName: string | null;
  employeeNumber: string | null;
  /** The `value` of each of `emails`. */
  emails: string[];
}

/** The texts of a user that `eq` finds through an index. */
export function lookupTexts(resource: ScimResource): LookupTexts {
  const extension = resource[enterpriseUserUrn];
  const emails = Array.isArray(resource.emails) ? (resource.emails as unknown[]) : [];
  return {
    displayName: folded(resource.displayName),
    employeeNumber: isObject(extension) ? folded(extension.employeeNumber) : null,
    emails: emails.flatMap((email) => (isObject(email) ? (folded(email.value) ?? []) : [])),
  };
}

function folded(text: unknown): string | null {
  return typeof text === 'string' ? foldCase(text) : null;
}
