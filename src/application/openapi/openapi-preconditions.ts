import type { DescribedOperation } from './openapi-errors.ts';

const takesNone =
  'Takes no `If-Match`: it changes no one resource that has an `ETag`, and a header that is sent is not looked at.';

/** Says of each write of ours that takes no `If-Match` that it does not, so that nobody relies on it. */
export function describePreconditions({ method, path, operation }: DescribedOperation): void {
  if (path.startsWith('/scim') || !['post', 'put', 'patch', 'delete'].includes(method)) return;
  if (operation.parameters?.some(({ name }) => name === 'If-Match') === true) return;
  operation.description = [operation.description, takesNone].filter(Boolean).join(' ');
}
