/** The words of the routes of the service; a test holds them against the OpenAPI document. */
const routeWords = new Set(
  `.search access-checks activate activity admin-links api approve assets attention attribute-mapping audit audit-log
  automatic-sync batch branding bring-back bulk changes channels chosen connect counts deactivate deliveries digest directory
  directory-groups directory-resources directory-users docs embed.js embedding erase erasures events exclude export favicon.ico findings groups head health identity import
  include keys let-through lift lift-suspension link link-candidates link-suggestions links live log me members metrics next-day
  notifications oauth oauth-clients openapi-scim.json openapi.json operator pause people preview properties
  provisioning-log quotas ready receipt reject removal-guard resend resourcetypes restore retention retry role-mapping roles rotate runs sandbox
  schemas scim seats separate serviceproviderconfig session sessions settings sign-out-everywhere simulation snapshot
  sources start stop suggestions suspend sync-preview sync-runs synchronize test timeline token tokens transforms
  undo user-provisioning users v2 versions webhooks workspaces`.split(/\s+/),
);

/** The names of the parameters of the service's queries; the same test holds them. */
const queryNames = new Set(
  `action actor after attributes bucket buckets code count counts cursor dryrun email excludedattributes externalid
  filter from groupid held id idpexternalid include kind limit linkable managerid memberid order outcome resourceid
  search separator since sort sortby sortorder source startindex state status suspended to tokenid total types
  updateexisting wait workspaceid`.split(/\s+/),
);

/** Stands for a part of a path that is neither. */
const otherPart = ':id';
const otherName = ':name';
const partsMax = 12;
const namesMax = 20;

const idOrNumber = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{1,6})$/i;

/**
 * A path as it may stand in a log: the words of routes, ids and small numbers stay; anything else may be somebody's
 * address or name, which clients put where an id is due, and becomes `:id`.
 */
export function plainPath(path: string): string {
  const parts = path.split('/', partsMax + 1);
  return parts.slice(0, partsMax).map(plainPart).join('/') + (parts.length > partsMax ? '/…' : '');
}

/** The names of a query's parameters, without their values. One that no route knows may be a value itself: `:name`. */
export function plainQueryNames(query: string): string[] {
  const names = [...new URLSearchParams(query).keys()].slice(0, namesMax);
  return [...new Set(names.map((name) => (queryNames.has(name.toLowerCase()) ? name : otherName)))];
}

function plainPart(part: string): string {
  return part === '' || routeWords.has(part.toLowerCase()) || idOrNumber.test(part) ? part : otherPart;
}
