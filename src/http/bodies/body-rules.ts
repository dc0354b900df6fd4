import { bodySizeMaxBytes } from '../../scim-core/limits.ts';
import type { JsonLimits } from './json-shape.ts';

/** The media type of JSON values on lines of their own. */
export const linesMediaType = 'application/x-ndjson';

/** Some identity providers replace the whole membership of a group in one request. */
export const groupBodySizeMaxBytes = 16 * 1024 * 1024;

/** Largest CSV file of an import of members. */
export const importSizeMaxBytes = 5 * 1024 * 1024;

/** A request without credentials carries one secret at most. */
export const openBodySizeMaxBytes = 4 * 1024;

/** Lists, objects and single values of a body together. 1,000 bulk operations have about 50,000. */
export const bodyValuesMax = 200_000;

/** The same of a group: 100,000 members with four attributes each have 500,000. */
export const groupBodyValuesMax = 1_000_000;

const openBodyValuesMax = 100;

/** Values in a body about one user: 1,000 operations on values of several parts have some 10,000. */
export const userBodyValuesMax = 20_000;

/** Names that one object of a body may have: a table of values has 1,000, a person some dozens. */
export const bodyKeysMax = 2_000;

/** How deep a body may nest. Each value inside has a smaller limit, and a fault of its own that names its place. */
export const bodyLevelsMax = 64;

/** What a route takes for a body. */
export interface BodyRule extends JsonLimits {
  sizeMaxBytes: number;
  /** Whether it takes a CSV file, too, of at most `importSizeMaxBytes`. */
  csv: boolean;
  /** Whether it takes JSON values on lines, which its handler reads as they come, and nothing else. */
  lines: boolean;
  /** Whether it takes a form, and nothing else. */
  form: boolean;
  /** Whether a body that does not say what it is passes for JSON. Not where a cookie may be the credentials. */
  isJsonByDefault: boolean;
  /** How its media types are called to somebody who sent another. */
  mediaTypes: string;
}

const ordinary: BodyRule = {
  sizeMaxBytes: bodySizeMaxBytes,
  valuesMax: bodyValuesMax,
  levelsMax: bodyLevelsMax,
  keysMax: bodyKeysMax,
  csv: false,
  lines: false,
  form: false,
  isJsonByDefault: false,
  mediaTypes: 'application/json',
};
const open: BodyRule = { ...ordinary, sizeMaxBytes: openBodySizeMaxBytes, valuesMax: openBodyValuesMax };
const ofImport: BodyRule = { ...ordinary, csv: true, mediaTypes: 'text/csv or application/json' };
const ofLines: BodyRule = { ...ordinary, lines: true, mediaTypes: linesMediaType };
const scim: BodyRule = {
  ...ordinary,
  isJsonByDefault: true,
  mediaTypes: 'application/scim+json or application/json',
};
const ofUsers: BodyRule = { ...scim, valuesMax: userBodyValuesMax };
const ofGroups: BodyRule = { ...scim, sizeMaxBytes: groupBodySizeMaxBytes, valuesMax: groupBodyValuesMax };

/** Of a request for an access token: the credentials of a client. */
export const tokenRequestRule: BodyRule = {
  ...open,
  form: true,
  mediaTypes: 'application/x-www-form-urlencoded',
};

const linesPath = /^\/operator\/workspaces\/[^/]+\/members\/batch\/?$/i;
const userPath = /^\/scim\/v2\/Users(?:\/(?!\.search$)[^/]+)?$/i;
const groupPath = /^\/scim\/v2\/Groups(?:\/(?!\.search$)[^/]+)?$/i;

/**
 * What a request may bring along.
 *
 * @param path as `readUrl` tells it
 * @param hasCredentials whether they were found good; without, there is a place for next to nothing
 */
export function bodyRuleOf(method: string, path: string, hasCredentials: boolean): BodyRule {
  if (!hasCredentials) return open;
  if (!path.startsWith('/scim')) {
    if (method !== 'POST') return ordinary;
    if (linesPath.test(path)) return ofLines;
    return /^\/api\/members\/import\/?$/i.test(path) ? ofImport : ordinary;
  }
  if (userPath.test(path)) return ofUsers;
  return groupPath.test(path) ? ofGroups : scim;
}
