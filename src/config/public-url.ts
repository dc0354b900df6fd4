/** One address with nothing around it and nothing that stands for something else. */
const plainForm = /^https?:\/\/[^\s/\\?#@,;|<>"'`]+(?:\/[A-Za-z0-9._~/-]*)?$/i;
const hostForm = /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[\da-f:.]+\])$/;

/** What the service itself has at the root: a path that began so could not be told from it. */
const ownPath = /^\/(?:api|health|metrics|oauth|operator|scim|settings)(?:\/|$)/i;
const tenantUrlPath = /\/scim(?:\/v2)?$/i;

/**
 * Reads the address by which browsers and identity providers reach the service: one http(s) URL, with a path or without,
 * and nothing more.
 *
 * @returns the URL without a slash at its end, or what must be otherwise, to go on from the name of the setting
 */
export function parsePublicUrl(text: string): { url: string } | { problem: string } {
  const url = plainForm.test(text) ? URL.parse(text) : null;
  if (url === null || !hostForm.test(url.hostname) || /\/\/|\/\.{1,2}(?:\/|$)/.test(pathIn(text))) {
    return {
      problem:
        'must be one http(s) URL, with a path or without, such as https://idp.acme.example/users: no list, user, query or fragment',
    };
  }
  const href = url.href.replace(/\/$/, '');
  const path = publicPathOf(href);
  if (tenantUrlPath.test(path)) {
    return { problem: 'must be the address of the service, without the /scim/v2 of its tenant URL' };
  }
  if (ownPath.test(path)) {
    return {
      problem:
        'must not have a path that begins with /api, /health, /metrics, /oauth, /operator, /scim or /settings',
    };
  }
  return { url: href };
}

/** The path of such a URL: empty, or with a slash before each part and none at the end. */
export function publicPathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '');
}

/** The path as it was written: parsing resolves its dots. */
function pathIn(text: string): string {
  return text.replace(/^https?:\/\/[^/]*/i, '');
}
