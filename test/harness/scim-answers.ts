import type { Method, Schema, ShapeOf } from './contract-types.ts';

/** A resource as a SCIM answer shows it; what is not common to all is `unknown`, as the schemas are the customer's. */
export interface Resource extends Record<string, unknown> {
  id: string;
  schemas: string[];
  meta: { resourceType: string; created: string; lastModified: string; location: string; version: string };
}

/** The body of a list answer (RFC 7644 §3.4.2); `nextCursor`: RFC 9865. */
export interface ListBody {
  schemas: string[];
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  nextCursor?: string;
  Resources: Resource[];
}

/** One answer within the answer to a bulk request (RFC 7644 §3.7). */
export interface BulkEntry {
  method: string;
  bulkId?: string;
  location?: string;
  version?: string;
  status: string;
  response?: ScimError;
}

/** The body of the answer to a bulk request. */
export interface BulkBody {
  schemas: string[];
  Operations: BulkEntry[];
}

export type ScimError = Schema<'ScimError'>;

/** The body of a success, by what was asked for below `/scim/v2`. */
export type ScimBody<Of extends Method, Path extends string> = Of extends 'delete'
  ? unknown
  : Path extends string
    ? BodyByShape<Of, ShapeOf<Path>>
    : never;

type BodyByShape<Of extends Method, Shape extends string> = Shape extends '/Bulk'
  ? BulkBody
  : Shape extends '/ServiceProviderConfig'
    ? Record<string, unknown>
    : Shape extends '/Users' | '/Groups'
      ? Of extends 'get'
        ? ListBody
        : Resource
      : Shape extends '' | '/' | '/Schemas' | '/ResourceTypes' | `${string}/.search`
        ? ListBody
        : Shape extends `/${string}/${string}`
          ? Resource
          : unknown;
