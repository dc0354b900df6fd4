import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api, asShown } from '../../api/client.ts';
import { notificationsQuery } from '../../api/queries/notifications.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Notifications } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { useRefusal } from '../../parts/acts/role.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

/** Whether messages of the workspace may name people. */
export function NamesSetting({ saved }: { saved: Notifications }) {
  const { t } = useTranslation();
  const toast = useToast();
  // Everybody may send this one for their own mail.
  const refusal = useRefusal('PATCH /api/user-provisioning/settings');
  const save = useMutation({
    mutationFn: (names: boolean) =>
      answer(() => api.PATCH('/api/notifications', { params: { header: asShown(saved) }, body: { names } })),
    onSuccess: (next) => {
      queryClient.setQueryData(notificationsQuery.queryKey, next);
      toast(t('saved'));
    },
  });
  return (
    <Section title={t('notifications.names')} intro={t('notifications.namesText')}>
      <Switch
        label={t('notifications.namesLabel')}
        checked={saved.names}
        description={refusal}
        disabled={save.isPending || refusal !== undefined}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
      <ErrorNote error={save.error} />
    </Section>
  );
}
