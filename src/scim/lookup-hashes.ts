import { hash } from 'node:crypto';
import { foldCase } from '../scim-core/fold.ts';
import { enterpriseUserUrn } from '../scim-core/messages.ts';
import { isObject, type ScimResource } from '../scim-core/resource.ts';

/** What a user is found by, beside his names: 64-bit integers, as texts. */
export interface LookupHashes {
  displayName: string | null;
  employeeNumber: string | null;
  /** One for each `value` of `emails`. */
  emails: string[];
}

/** The hashes of a user's texts, by which `eq` finds him through an index. */
export function lookupHashes(resource: ScimResource): LookupHashes {
  const extension = resource[enterpriseUserUrn];
  const emails = Array.isArray(resource.emails) ? (resource.emails as unknown[]) : [];
  return {
    displayName: textHash(resource.displayName),
    employeeNumber: isObject(extension) ? textHash(extension.employeeNumber) : null,
    emails: emails.flatMap((email) => (isObject(email) ? (textHash(email.value) ?? []) : [])),
  };
}

/**
 * The hash of a text in whatever case, as the function `scim_hash` of the database makes it of the folded text.
 *
 * @returns null for what is no text
 */
export function textHash(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  return hash('sha256', foldCase(text), 'buffer').readBigInt64BE().toString();
}
