import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { useToast } from '../../parts/page/toast.tsx';

interface LiftButtonProps {
  label: string;
  /** Who is allowed again: people by their ids, or all that a search finds. */
  of: { directoryUserIds: string[] } | { filter: { search?: string } };
  onLifted?: () => void;
}

/** Allows again, after asking, what is suppressed. */
export function LiftButton({ label, of, onLifted }: LiftButtonProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const lift = useMutation({
    mutationFn: () => answer(() => api.POST('/api/sync-preview/lift', { body: of })),
    onSuccess: async ({ people }) => {
      setAsking(false);
      onLifted?.();
      await queryClient.invalidateQueries();
      toast(t('lift.done', { count: people }));
    },
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Confirm
        opened={asking}
        title={t('lift.title')}
        confirmLabel={label}
        pending={lift.isPending}
        error={lift.error}
        onConfirm={() => lift.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('lift.text')}
      </Confirm>
    </>
  );
}
