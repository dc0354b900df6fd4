import { onlyRoleLoss } from '../decision/decide-role.ts';
import { losesRole } from '../decision/roles.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import { type BatchPlan, byDirectoryUser } from './batch-plan.ts';

/** What the lane would do about lost roles: of each change that takes one, that alone; the rest is left to a run. */
export function withRoleLosses(plan: BatchPlan, { roles }: Pick<SyncPolicy, 'roles'>): BatchPlan {
  if (roles === null) return plan;
  const people = byDirectoryUser(plan.people);
  const decisions = plan.decisions.map((decision) => {
    const person = people.get(decision.directoryUserId);
    const loss = (before: string | null, after: string | null) => losesRole(roles.roles, before, after);
    return (person && onlyRoleLoss(person, decision, loss)) ?? decision;
  });
  return { ...plan, decisions };
}
