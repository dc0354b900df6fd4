import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, asShown } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Member } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { takesAccess } from '../../parts/bulk/bulk.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { bulkKind, type MemberAction, memberActionsFor, statusActWords } from './member-words.ts';
import { useProvisioningState } from './use-provisioning-state.ts';

const acts = {
  deactivate: 'PATCH /api/members/{id}',
  reactivate: 'PATCH /api/members/{id}',
  remove: 'DELETE /api/members/{id}',
} as const;

/** What is asked before it is done, about the member as they were then. */
interface Asked {
  action: MemberAction;
  member: Member;
}

/** What can be done with the status of one member: the same as with many on the list. */
export function StatusButtons({ member }: { member: Member }) {
  const { t } = useTranslation();
  const state = useProvisioningState();
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      {memberActionsFor([bulkKind(member, state)]).map((action) => (
        <ActButton
          key={action}
          act={acts[action]}
          variant="default"
          {...(action === 'remove' && { c: 'var(--mantine-color-error)' })}
          onClick={() => setAsked({ action, member })}
        >
          {t(`member.${action}`)}
        </ActButton>
      ))}
      {asked !== null && <Asking {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function Asking({ action, member, onClose }: Asked & { onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const words = statusActWords(action, member);
  const change = useMutation({
    mutationFn: () => send(action, member),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['members'] });
      void queryClient.invalidateQueries({ queryKey: ['preview'] });
      toast(inWords(words.done, t));
      onClose();
    },
  });
  return (
    <Confirm
      opened
      title={inWords(words.title, t)}
      confirmLabel={t(`member.${action}`)}
      danger={takesAccess.has(action)}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      {inWords(words.text, t)}
    </Confirm>
  );
}

/** Refused where the member is not as they were shown any more. */
function send(action: MemberAction, member: Member): Promise<unknown> {
  const params = { path: { id: member.id }, header: asShown(member) };
  if (action === 'remove') return answer<unknown>(() => api.DELETE('/api/members/{id}', { params }));
  return answer<unknown>(() =>
    api.PATCH('/api/members/{id}', {
      params,
      body: { status: action === 'deactivate' ? 'deactivated' : 'active' },
    }),
  );
}
