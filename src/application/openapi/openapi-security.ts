import type { DescribedOperation } from './openapi-errors.ts';

/**
 * Who may call what. All tokens are opaque: nothing is to be read out of them.
 *
 * @param sessionCookie the name of the session cookie
 */
export function securitySchemes(sessionCookie: string): Record<string, Record<string, string>> {
  return {
    apiToken: {
      type: 'http',
      scheme: 'bearer',
      description: 'An API token of the workspace: `mcs_…`. It alone says which workspace is meant.',
    },
    session: {
      type: 'http',
      scheme: 'bearer',
      description: 'A session token: `mca_…`, which `POST /api/session` answers with.',
    },
    sessionCookie: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookie,
      description:
        'The cookie that `POST /api/session` sets, for browsers. Its name begins with `__Host-` (with `__Secure-` below a path) where the service is reached by https. Writes need `X-CSRF-Token` beside it.',
    },
    csrfToken: {
      type: 'apiKey',
      in: 'header',
      name: 'X-CSRF-Token',
      description: 'The `csrfToken` of `GET /api/session`: for writes that the cookie authenticates.',
    },
    operator: {
      type: 'http',
      scheme: 'bearer',
      description: 'The operator token, which the service was started with.',
    },
  };
}

/** A session comes by bearer token, or by cookie: then a write brings the CSRF token along. */
export function describeSessions({ method, operation }: DescribedOperation): void {
  if (operation.security?.some((scheme) => 'session' in scheme) !== true) return;
  const byCookie = method === 'get' ? { sessionCookie: [] } : { sessionCookie: [], csrfToken: [] };
  operation.security = [{ session: [] }, byCookie];
}
