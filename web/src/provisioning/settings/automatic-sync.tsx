import { Anchor, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '../../parts/page/link.tsx';
import { answer, api } from '../../api/client.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote, Notice } from '../../parts/page/states.tsx';
import { Moment, Until } from '../../parts/text/time-text.tsx';
import { useToast } from '../../parts/page/toast.tsx';

/** Starts automatic synchronization, or pauses it where it is on. */
function AutomaticSyncButton({ state }: { state: Overview['automaticSync'] }) {
  const { t } = useTranslation();
  const toast = useToast();
  const isOn = state === 'on';
  const change = useMutation({
    mutationFn: () =>
      answer(() =>
        isOn
          ? api.POST('/api/user-provisioning/automatic-sync/pause')
          : api.POST('/api/user-provisioning/automatic-sync/start'),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey });
      toast(t(isOn ? 'automatic.nowPaused' : 'automatic.nowOn'));
    },
  });
  return (
    <>
      <ErrorNote error={change.error} />
      <ActButton
        act={
          isOn
            ? 'POST /api/user-provisioning/automatic-sync/pause'
            : 'POST /api/user-provisioning/automatic-sync/start'
        }
        size="xs"
        variant="default"
        loading={change.isPending}
        onClick={() => change.mutate()}
      >
        {t(`automatic.action.${state}`)}
      </ActButton>
    </>
  );
}

/** That nothing happens by itself, since an admin wants it so, and what follows. */
export function PausedNotice() {
  const { t } = useTranslation();
  return (
    <Notice
      tone="warning"
      title={t('automatic.pausedTitle')}
      actions={<AutomaticSyncButton state="paused" />}
    >
      {t('automatic.pausedText')}
    </Notice>
  );
}

/** When it is synchronized by itself next, or that this has not begun. */
export function NextSync({ overview: { automaticSync, nextSyncAt, directory } }: { overview: Overview }) {
  const { t } = useTranslation();
  if (nextSyncAt !== null) {
    return (
      <Text size="sm" c="dimmed">
        {t('available.next')} <Moment at={nextSyncAt} /> (<Until at={nextSyncAt} />){' · '}
        <Anchor component={Link} to="/user-provisioning/settings" size="sm" underline="always">
          {t('schedule.change')}
        </Anchor>
      </Text>
    );
  }
  if (automaticSync !== 'not_started') return null;
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed">
        {t('automatic.notStartedText')}
      </Text>
      {directory.users > 0 && <AutomaticSyncButton state="not_started" />}
    </Group>
  );
}

/** The switch of automatic synchronization. */
export function AutomaticSyncSection() {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery).data;
  if (overview === undefined) return null;
  const { automaticSync } = overview;
  return (
    <Section
      title={t('automatic.title')}
      intro={t(`automatic.state.${automaticSync}`)}
      actions={<AutomaticSyncButton state={automaticSync} />}
    />
  );
}
