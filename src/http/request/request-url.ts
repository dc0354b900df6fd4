/** The ways into the service. Each asks for credentials of its own and answers in a form of its own. */
export type Door = 'scim' | 'oauth' | 'api' | 'operator' | 'health' | 'metrics' | 'pages';

/** What a request target means: the door that it leads to, and the one URL that everybody reads from then on. */
export interface ReadUrl {
  door: Door;
  url: string;
}

/** Nearly all traffic: nothing to tidy. */
const tidyScimUrl = /^\/scim\/v2(?:\/(?:Users|Groups|Bulk)(?:\/[\w.~-]+)?)?(?:\?[!"$-~]*)?$/;
/** Characters that Express reads in another way than they stand there, and bytes that no URL has (RFC 3986 §2). */
const foreignCharacters = /[^!-~]/g;
const absoluteForm = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;
const scimPath = /^\/scim(?=\/|$)(?:\/v2(?=\/|$)(?:\/([^/]+))?)?/i;
const otherDoors = /^\/(api|operator|oauth|health|metrics)(?=\/|$)/i;

const scimEndpoints: ReadonlyMap<string, string> = new Map(
  ['Users', 'Groups', 'Bulk', 'Me', 'ServiceProviderConfig', 'ResourceTypes', 'Schemas'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/**
 * Reads the target of a request, once for routing, credentials, log, errors and headers. The case of letters does not
 * matter, as it does not to the router. Nothing is decoded: `/%73cim` leads nowhere, for the router as for everybody.
 *
 * Doubled slashes and a slash at the end of a SCIM path are taken off: administrators paste the tenant URL with a slash
 * at its end, and identity providers append `/Users` to it. A redirect would lose bodies. A proxy may send the absolute
 * form (RFC 9112 §3.2.2).
 *
 * @param target as it stands in the request line, one character for each byte
 * @param publicPath the path below which the service is reached: a reverse proxy may take it off or leave it
 */
export function readUrl(target: string, publicPath = ''): ReadUrl {
  if (tidyScimUrl.test(target)) return { door: 'scim', url: target };
  const below = belowPath(originForm(target), publicPath);
  if (tidyScimUrl.test(below)) return { door: 'scim', url: below };
  const [path, query] = pathAndQuery(below);
  const singleSlashes = path.replace(/\/{2,}/g, '/');
  const scim = scimPath.exec(singleSlashes);
  if (scim !== null) return { door: 'scim', url: tidyScimPath(singleSlashes, scim) + query };
  const other = otherDoors.exec(path)?.[1]?.toLowerCase();
  if (other === undefined) return { door: 'pages', url: path + query };
  return { door: other as Door, url: `/${other}${path.slice(1 + other.length)}${query}` };
}

/**
 * The target without scheme and host. To be asked for before Express sees the request: it parses what does not begin with a
 * slash, and answers a host that no URL can have (`http://[::1/scim/v2/Users`) by itself, without anybody else.
 */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const below = target.replace(absoluteForm, '');
  return below.startsWith('/') ? below : `/${below}`;
}

/** What of a URL comes behind this path; the URL itself when it is not below it. */
function belowPath(url: string, path: string): string {
  if (path === '' || !url.startsWith(path)) return url;
  const below = url.slice(path.length);
  return below === '' || /^[/?#]/.test(below) ? below : url;
}

/** The path, and the query with its question mark; a fragment is none of the server's business. */
function pathAndQuery(target: string): [string, string] {
  const [url = ''] = target.split('#', 1);
  const readable = url.replace(foreignCharacters, percentEncoded);
  const queryAt = readable.indexOf('?');
  const path = queryAt === -1 ? readable : readable.slice(0, queryAt);
  return [path.startsWith('/') ? path : `/${path}`, queryAt === -1 ? '' : readable.slice(queryAt)];
}

function percentEncoded(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function tidyScimPath(path: string, [prefix, endpoint]: RegExpExecArray): string {
  const known = endpoint === undefined ? undefined : (scimEndpoints.get(endpoint.toLowerCase()) ?? endpoint);
  const root = prefix.slice(0, prefix.length - (endpoint?.length ?? 0)).toLowerCase();
  return `${root}${known ?? ''}${path.slice(prefix.length)}`.replace(/\/$/, '');
}
