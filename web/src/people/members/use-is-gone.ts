import { useQuery } from '@tanstack/react-query';
import { personOfMemberQuery } from '../../api/queries/directory.ts';
import type { Member } from '../../api/shapes.ts';
import { isGone, isProvisioned } from './member-words.ts';
import { useProvisioningState } from './use-provisioning-state.ts';

/** Whether the identity provider has deleted the person that a member is of; until that is known, it has not. */
export function useIsGone(member: Member | null): boolean {
  const isAsked = useProvisioningState() === 'active' && member !== null && isProvisioned(member);
  const found = useQuery({ ...personOfMemberQuery(member?.id ?? ''), enabled: isAsked }).data;
  return isAsked && found !== undefined && isGone(member, found.items[0]);
}
