import { Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Section } from '../../parts/page/page.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { useSession } from '../../shell/session-gate.tsx';
import { useHeldAccess } from '../../sync/held/held-access.ts';
import { deactivationWords } from './deactivation-words.ts';

/** Switches user provisioning off, once the workspace's name has been typed. */
export function Deactivation() {
  const { t } = useTranslation();
  const toast = useToast();
  const { workspace } = useSession();
  const words = deactivationWords(useQuery(overviewQuery).data, useHeldAccess());
  const [asking, setAsking] = useState(false);
  const deactivate = useMutation({
    mutationFn: () => answer(() => api.POST('/api/user-provisioning/deactivate')),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(t('deactivate.done'));
    },
  });
  return (
    <Section
      title={t('deactivate.title')}
      intro={t('deactivate.text')}
      actions={
        <ActButton
          act="POST /api/user-provisioning/deactivate"
          variant="default"
          c="var(--mantine-color-error)"
          onClick={() => setAsking(true)}
        >
          {t('deactivate.action')}
        </ActButton>
      }
    >
      <Confirm
        opened={asking}
        title={t('deactivate.title')}
        confirmLabel={t('deactivate.action')}
        danger
        typed={workspace.name}
        pending={deactivate.isPending}
        error={deactivate.error}
        onClose={() => setAsking(false)}
        onConfirm={() => deactivate.mutate()}
      >
        <Text size="sm">{inWords(words, t)}</Text>
      </Confirm>
    </Section>
  );
}
