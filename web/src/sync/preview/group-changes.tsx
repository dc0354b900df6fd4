import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { GroupChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import type { Tone } from '../../parts/page/badges.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

export const groupTones: Record<GroupChange['kind'], Tone> = {
  create: 'green',
  rename: 'blue',
  members: 'blue',
  delete: 'red',
  suppressed: 'gray',
};

/** What was taken back of a group may be done again. */
export function LiftGroup({ change: { groupId, name } }: { change: GroupChange }) {
  const { t } = useTranslation();
  const toast = useToast();
  const lift = useMutation({
    mutationFn: () => answer(() => api.POST('/api/sync-preview/lift', { body: { groupIds: [groupId] } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(t('lift.groupDone', { name }));
    },
  });
  return (
    <div className="lift-group">
      <ErrorNote error={lift.error} />
      <Button size="xs" variant="default" loading={lift.isPending} onClick={() => lift.mutate()}>
        {t('decision.lift')}
      </Button>
    </div>
  );
}
