import { enterpriseUserUrn, groupUrn, userUrn } from './urns.ts';

/**
 * Other spellings of schema URNs that real clients send, in lower case, with the URN each stands for:
 * OneLogin's SCIM 2.0 drafts and 1.1 templates, and Entra's documented sample that lacks a colon
 * (https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes).
 */
export const legacyUrns: ReadonlyMap<string, readonly string[]> = new Map([
  ['urn:scim:schemas:core:2.0', [userUrn, groupUrn]],
  ['urn:scim:schemas:core:1.0', [userUrn, groupUrn]],
  ['urn:scim:schemas:core:2.0:user', [userUrn]],
  ['urn:scim:schemas:core:2.0:group', [groupUrn]],
  ['urn:scim:schemas:extension:enterprise:2.0', [enterpriseUserUrn]],
  ['urn:scim:schemas:extension:enterprise:1.0', [enterpriseUserUrn]],
  ['urn:scim:schemas:extension:enterprise:2.0:user', [enterpriseUserUrn]],
  ['urn:ietf:params:scim:schemas:extension:enterprise:2.0user', [enterpriseUserUrn]],
]);
