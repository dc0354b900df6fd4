import { listResponseUrn } from './urns.ts';

/** JSON that is written already. */
export class JsonText {
  readonly text: string;
  /** For a list: how many match in all. */
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
