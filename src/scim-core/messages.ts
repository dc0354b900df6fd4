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

/** A page of results (RFC 7644 §3.4.2); by cursor it has no index (RFC 9865 §2). */
export interface ListResponse {
  schemas: string[];
  totalResults: number;
  startIndex?: number;
  /** Absent on the last page, and when pages are asked for by index. */
  nextCursor?: string;
  itemsPerPage: number;
  Resources: unknown[];
}

/**
 * The answer to a query (RFC 7644 §3.4.2). `Resources` is present even when empty: Entra and Okta want it.
 * @param resources this page, ready to send
 * @param totalResults how many match in all
 * @param startIndex 1-based index of the first result on this page
 */
export function listResponse(resources: unknown[], totalResults: number, startIndex: number): ListResponse {
  return {
    schemas: [listResponseUrn],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/**
 * The answer to a query that pages by cursor (RFC 9865 §2).
 * @param resources this page, ready to send
 * @param totalResults how many match in all
 * @param nextCursor where the next page begins; undefined: this is the last one
 */
export function cursorListResponse(
  resources: unknown[],
  totalResults: number,
  nextCursor: string | undefined,
): ListResponse {
  return {
    schemas: [listResponseUrn],
    totalResults,
    itemsPerPage: resources.length,
    ...(nextCursor === undefined ? {} : { nextCursor }),
    Resources: resources,
  };
}
