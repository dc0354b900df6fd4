import type { AccessDecision } from './access-checks.dto.ts';
import type { AccessReason, WaitedFor } from './access-reasons.ts';
import type { FoundAccess, FoundMemberAccess, FoundPerson } from './access-statements.ts';

/** What follows from what was found. Pure. */
export function decideAccess({
  member,
  person,
  isActiveWorkspace,
}: Pick<FoundAccess, 'member' | 'person' | 'isActiveWorkspace'>): {
  decision: AccessDecision;
  reason: AccessReason;
} {
  if (member !== null) return ofMember(member);
  if (person === null) return { decision: 'unknown', reason: { code: 'nobody', params: {} } };
  const waitsFor = isActiveWorkspace ? whatIsMissing(person) : 'provisioning';
  return { decision: 'unknown', reason: { code: 'never-synchronized', params: { waitsFor } } };
}

function ofMember(member: FoundMemberAccess): { decision: AccessDecision; reason: AccessReason } {
  const { access, status, suspendedAt, suspendedByAdminAt, deactivatedAt, hasLeft } = member;
  if (access === 'granted') return { decision: 'allow', reason: { code: 'granted', params: {} } };
  if (access === 'suspended') {
    if (suspendedByAdminAt === null)
      return { decision: 'deny', reason: { code: 'suspended', params: since(suspendedAt) } };
    return { decision: 'deny', reason: { code: 'suspended-by-admin', params: since(suspendedByAdminAt) } };
  }
  const code = status === 'removed' ? 'removed' : hasLeft ? 'left' : 'deactivated';
  return { decision: 'deny', reason: { code, params: since(deactivatedAt) } };
}

function since(at: string | null): { since?: string } {
  return at === null ? {} : { since: new Date(at).toISOString() };
}

function whatIsMissing({ isActive, linkState }: FoundPerson): WaitedFor {
  switch (linkState) {
    case 'conflict':
      return 'conflict';
    case 'excluded':
      return 'exclusion';
    case 'suppressed':
      return 'suppression';
    case 'waiting':
      return 'seat';
    default:
      return isActive ? 'run' : 'activation';
  }
}
