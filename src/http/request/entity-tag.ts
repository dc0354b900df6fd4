/**
 * Whether an `If-Match` or `If-None-Match` header names the tag. Only the opaque part is compared: SCIM's own examples
 * send weak tags in `If-Match` (RFC 7644 §3.14), and a proxy that compresses makes strong ones weak (RFC 9110 §8.8.3).
 *
 * @param header the header's value, a list of tags or `*` (RFC 9110 §13.1.1); absent names nothing
 */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((candidate) => opaqueTag(candidate) === opaqueTag(etag));
}

function opaqueTag(tag: string): string {
  return tag.trim().replace(/^W\//i, '').replace(/^"|"$/g, '');
}
