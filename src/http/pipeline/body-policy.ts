import { isOpen } from './admission.ts';
import { type BodyRule, bodyRuleOf, tokenRequestRule } from '../bodies/body-rules.ts';
import { type KnownRequest, workspaceOf } from '../request/request-state.ts';

/**
 * What a request may bring along by where it goes and who sent it. To be asked behind `admission`: who got there through
 * a door that asks for credentials has good ones.
 *
 * @returns null where no route takes a body
 */
export function bodyPolicyOf(request: KnownRequest): { rule: BodyRule; holder: string } | null {
  const { door, method, path } = request;
  if (door === 'health' || door === 'metrics' || door === 'pages' || door === undefined) return null;
  if (door === 'oauth') return { rule: tokenRequestRule, holder: 'nobody' };
  if (door === 'api' && isOpen(method, path))
    return { rule: bodyRuleOf(method, path, false), holder: 'nobody' };
  const { caller } = request;
  const holder = workspaceOf(request) ?? (caller?.kind === 'key' ? caller.id : 'operator');
  return { rule: bodyRuleOf(method, path, true), holder };
}
