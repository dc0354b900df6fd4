/**
 * Whether an `If-Match` or `If-None-Match` header names the tag. Only the opaque part is compared: SCIM's own examples
 * send weak tags in `If-Match` (RFC 7644 §3.14), and a proxy that compresses makes strong ones weak (RFC 9110 §8.8.3) or
 * puts the coding behind them, as Apache does (`"abc-gzip"`).
 *
 * @param header the header's value, a list of tags or `*` (RFC 9110 §13.1.1); absent names nothing
 */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const tag = opaqueTag(etag);
  return header
    .split(',')
    .map(opaqueTag)
    .some((named) => named === tag || named.replace(coding, '') === tag);
}

/** What proxies put behind the tag of an answer that they compress. */
const coding = /[-;]{1,2}(?:gzip|br|deflate|zstd)$/i;

function opaqueTag(tag: string): string {
  return tag.trim().replace(/^W\//i, '').replace(/^"|"$/g, '');
}
