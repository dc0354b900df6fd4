import { scopeExtension } from '../../operator-access/scope.guard.ts';
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
      description:
        'An API token of the workspace: `mcs_…`, or an access token of an OAuth client: `mco_…`. It alone says which workspace is meant.',
    },
    clientCredentials: {
      type: 'http',
      scheme: 'basic',
      description:
        'The `client_id` and `client_secret` of an OAuth client. They may come in the body instead.',
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
    productKey: {
      type: 'http',
      scheme: 'bearer',
      description:
        'A product key: `upk_…`, which `POST /operator/keys` answers with. Each operation names the scope that it needs in `x-product-scope`; one without is for the operator token alone.',
    },
  };
}

/** A session comes by bearer token, or by cookie: then a write brings the CSRF token along. */
export function describeSessions({ method, operation }: DescribedOperation): void {
  if (operation.security?.some((scheme) => 'session' in scheme) !== true) return;
  const byCookie = method === 'get' ? { sessionCookie: [] } : { sessionCookie: [], csrfToken: [] };
  operation.security = [{ session: [] }, byCookie];
}

/** An operation that names a scope is for product keys, too. */
export function describeScopes({ operation }: DescribedOperation): void {
  const { [scopeExtension]: scope } = operation;
  if (typeof scope !== 'string') return;
  operation.security = [{ operator: [] }, { productKey: [] }];
  operation.description = [operation.description, `A product key needs the scope \`${scope}\`.`]
    .filter(Boolean)
    .join(' ');
}
