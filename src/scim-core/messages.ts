/** URNs of the schemas (RFC 7643 §8.7). */
export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUserUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const schemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
export const resourceTypeUrn = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
export const serviceProviderConfigUrn = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';

/** URNs of the SCIM messages (RFC 7644 §8.2). */
export const listResponseUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const searchRequestUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
export const patchOpUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const bulkRequestUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const bulkResponseUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** JSON that has been written already; of a list also how many match in all. */
export class JsonText {
  readonly text: string;
  /** Of a list: how many match in all. */
  readonly totalResults: number | undefined;

  constructor(text: string, totalResults?: number) {
    this.text = text;
    this.totalResults = totalResults;
  }
}

/**
 * The answer to a query by index (RFC 7644 §3.4.2). `Resources` is present even when empty: Entra and Okta want it.
 * @param resources the JSON texts of this page's resources
 * @param totalResults how many match in all
 * @param startIndex 1-based index of the first result on this page
 */
export function listResponse(
  resources: readonly string[],
  totalResults: number,
  startIndex: number,
): JsonText {
  return listOf({ totalResults, startIndex, itemsPerPage: resources.length }, resources);
}

/**
 * The answer to a query that pages by cursor (RFC 9865 §2).
 * @param resources the JSON texts of this page's resources
 * @param totalResults how many match in all
 * @param nextCursor where the next page begins; undefined: this is the last one
 */
export function cursorListResponse(
  resources: readonly string[],
  totalResults: number,
  nextCursor: string | undefined,
): JsonText {
  return listOf({ totalResults, itemsPerPage: resources.length, nextCursor }, resources);
}

function listOf(
  head: { totalResults: number; [name: string]: unknown },
  resources: readonly string[],
): JsonText {
  const opened = JSON.stringify({ schemas: [listResponseUrn], ...head }).slice(0, -1);
  return new JsonText(`${opened},"Resources":[${resources.join(',')}]}`, head.totalResults);
}
