import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { cursorOf, newestOf } from '../../api/paging.ts';
import { queryClient } from '../../api/query-client.ts';
import type { GroupChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
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
      <ActButton
        act="POST /api/sync-preview/lift"
        size="xs"
        variant="default"
        loading={lift.isPending}
        onClick={() => lift.mutate()}
      >
        {t('decision.lift')}
      </ActButton>
    </div>
  );
}

/** The most groups that are allowed again at once. */
const liftedMax = 10_000;

/** Everything that was undone of groups may be done again: after an undo of a first run these are all. */
export function LiftAllGroups({ count }: { count: number }) {
  const { t } = useTranslation();
  const toast = useToast();
  const lift = useMutation({
    mutationFn: async () => {
      const { entries } = await newestOf(liftedMax, (limit, cursor) =>
        answer(() =>
          api.GET('/api/sync-preview/groups', { params: { query: { limit, ...cursorOf(cursor) } } }),
        ),
      );
      const groupIds = entries.filter(({ kind }) => kind === 'suppressed').map(({ groupId }) => groupId);
      if (groupIds.length > 0) await answer(() => api.POST('/api/sync-preview/lift', { body: { groupIds } }));
      return groupIds.length;
    },
    onSuccess: async (lifted) => {
      await queryClient.invalidateQueries();
      toast(t('lift.groupsDone', { count: lifted }));
    },
  });
  if (count < 2) return null;
  return (
    <div>
      <ErrorNote error={lift.error} />
      <ActButton
        act="POST /api/sync-preview/lift"
        size="xs"
        variant="default"
        loading={lift.isPending}
        onClick={() => lift.mutate()}
      >
        {t('lift.allGroups')}
      </ActButton>
    </div>
  );
}
