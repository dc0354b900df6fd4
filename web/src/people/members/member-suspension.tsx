import { Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Member } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { memberName } from '../../parts/text/member-name.ts';
import { Moment } from '../../parts/text/time-text.tsx';
import { suspendText } from './member-words.ts';

const reasonMaxChars = 500;

/** Takes access at once, also where the identity provider manages the status; nothing while it is taken already. */
export function SuspendButton({ member }: { member: Member }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const name = memberName(member);
  const close = () => {
    setAsking(false);
    setReason('');
  };
  const suspend = useAct(t('suspend.done', { name }), close, () =>
    answer(() =>
      api.POST('/api/members/{id}/suspend', {
        params: { path: { id: member.id } },
        body: reason.trim() === '' ? {} : { reason: reason.trim() },
      }),
    ),
  );
  if (member.suspension !== null) return null;
  return (
    <>
      <ActButton
        act="POST /api/members/{id}/suspend"
        variant="default"
        c="var(--mantine-color-error)"
        onClick={() => setAsking(true)}
      >
        {t('suspend.action')}
      </ActButton>
      <Confirm
        opened={asking}
        title={t('suspend.title', { name })}
        confirmLabel={t('suspend.action')}
        danger
        pending={suspend.isPending}
        error={suspend.error}
        onConfirm={() => suspend.mutate()}
        onClose={close}
      >
        <Stack gap="sm">
          <Text size="sm">{inWords(suspendText(member), t)}</Text>
          <TextInput
            label={t('suspend.reason')}
            description={t('suspend.reasonHint')}
            maxLength={reasonMaxChars}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
      </Confirm>
    </>
  );
}

/** That an admin suspended the member, who, since when and why, with the button that lifts it. */
export function SuspensionNotice({ member }: { member: Member }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const name = memberName(member);
  const close = () => setAsking(false);
  const lift = useAct(t('suspend.lifted', { name }), close, () =>
    answer(() => api.POST('/api/members/{id}/lift-suspension', { params: { path: { id: member.id } } })),
  );
  const { suspension } = member;
  if (suspension === null) return null;
  return (
    <>
      <Notice
        tone="bad"
        title={t('suspend.noticeTitle', { by: suspension.by })}
        actions={
          member.status !== 'removed' && (
            <ActButton
              act="POST /api/members/{id}/lift-suspension"
              size="xs"
              variant="default"
              onClick={() => setAsking(true)}
            >
              {t('suspend.lift')}
            </ActButton>
          )
        }
      >
        {t('suspend.noticeText')} {t('suspend.since')} <Moment at={suspension.at} />.
        {suspension.reason !== null && (
          <>
            <br />
            {t('suspend.noticeReason', { reason: suspension.reason })}
          </>
        )}
      </Notice>
      <Confirm
        opened={asking}
        title={t('suspend.liftTitle', { name })}
        confirmLabel={t('suspend.lift')}
        pending={lift.isPending}
        error={lift.error}
        onConfirm={() => lift.mutate()}
        onClose={close}
      >
        {t(`suspend.liftText.${afterLifting(member)}`, { name })}
      </Confirm>
    </>
  );
}

/** What the member has once the suspension is lifted. */
function afterLifting({ status, heldSince, suspendedSince, suspension }: Member) {
  if (status !== 'active') return 'inactive';
  const isHeldToo = heldSince !== null && suspendedSince !== null && suspendedSince !== suspension?.at;
  return isHeldToo ? 'held' : 'active';
}

/** Does it, says so, and shows the member as they are now. */
function useAct(done: string, close: () => void, act: () => Promise<unknown>) {
  const toast = useToast();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['members'] });
      void queryClient.invalidateQueries({ queryKey: ['preview'] });
      toast(done);
      close();
    },
  });
}
