import { Button, List, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '../../api/client.ts';
import { availableIn, carriedOutKinds, type Overview, withheldKinds } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { ErrorNote, Notice } from '../../parts/page/states.tsx';
import { ChoosePeople } from './choose-people.tsx';
import { useHeldAccess } from '../held/held-access.ts';
import { isPreviewNewer, useStartRun } from '../runs/use-start-run.ts';
import { type Chosen, namedIn, nobodyChosen, useChosen } from './people-choice.ts';

interface ChosenDialogProps {
  opened: boolean;
  automaticSync: Overview['automaticSync'];
  /** Who is chosen when it opens. */
  initial?: Chosen;
  onClose: () => void;
  onStarted: (runId: string) => void;
}

/** Chooses people and groups, says in numbers what their synchronization does, and starts it. */
export function ChosenDialog({
  opened,
  automaticSync,
  initial = nobodyChosen,
  onClose,
  onStarted,
}: ChosenDialogProps) {
  const { t } = useTranslation();
  const state = useChosen(initial);
  const { begin } = state;
  useEffect(() => {
    if (opened) begin(initial);
  }, [opened, initial, begin]);
  const preview = useChosenPreview(state.chosen, opened);
  const start = useStartRun(namedIn(state.chosen), onStarted);
  const isNewer = isPreviewNewer(start.error);
  const summary = preview.data?.summary;
  const available = summary === undefined ? 0 : availableIn(summary);
  const close = () => {
    start.reset();
    onClose();
  };
  return (
    <Dialog opened={opened} size="lg" centered={false} title={t('chosen.title')} onClose={close}>
      {/* No form: Enter in a search must not start anything. */}
      <Stack>
        <Text size="sm">{t('chosen.text')}</Text>
        <ChoosePeople state={state} />
        <Consequences preview={preview} />
        <Text size="sm" c="dimmed">
          {t(automaticNote[automaticSync])}
        </Text>
        {isNewer && (
          <Notice tone="warning" title={t('synchronize.changedTitle')}>
            {t('chosen.changedText')}
          </Notice>
        )}
        <ErrorNote error={isNewer ? null : start.error} />
        <DialogButtons onCancel={close}>
          <Button
            loading={start.isPending}
            disabled={available === 0 || preview.isFetching}
            onClick={() => start.mutate(preview.data?.version)}
          >
            {available === 0 ? t('synchronize.action') : t('chosen.go', { count: available })}
          </Button>
        </DialogButtons>
      </Stack>
    </Dialog>
  );
}

/** What becomes of everything automatic: nothing. */
const automaticNote = {
  not_started: 'chosen.notAutomatic',
  on: 'chosen.automaticStays',
  paused: 'chosen.automaticPaused',
} as const;

type ChosenPreview = ReturnType<typeof useChosenPreview>;

/** What a run of these people would do; asked again whenever somebody is added or taken out. */
function useChosenPreview(chosen: Chosen, opened: boolean) {
  const body = namedIn(chosen);
  return useQuery({
    queryKey: ['preview', 'chosen', body],
    enabled: opened && Object.keys(body).length > 0,
    placeholderData: keepPreviousData,
    queryFn: () => answer(() => api.POST('/api/sync-preview/chosen', { body })),
  });
}

function Consequences({ preview }: { preview: ChosenPreview }) {
  const { t } = useTranslation();
  const access = useHeldAccess();
  const { data, isFetching, error, isEnabled } = preview;
  if (!isEnabled) {
    return (
      <Text size="sm" role="status">
        {t('chosen.nobody')}
      </Text>
    );
  }
  if (error) return <ErrorNote error={error} retry={() => void preview.refetch()} />;
  if (data === undefined) return <Text size="sm">{t('chosen.counting')}</Text>;
  const { people, summary } = data;
  const withheld = withheldKinds.reduce((sum, kind) => sum + summary[kind], 0);
  return (
    <div className="choice-effect" role="status" aria-busy={isFetching}>
      <Text size="sm" fw={600}>
        {t('chosen.picked', { people })}
      </Text>
      {availableIn(summary) === 0 && <Text size="sm">{t('chosen.nothing')}</Text>}
      <List size="sm">
        {carriedOutKinds
          .filter((kind) => summary[kind] > 0)
          .map((kind) => (
            <List.Item key={kind}>{t(`synchronize.will.${kind}`, { count: summary[kind] })}</List.Item>
          ))}
      </List>
      {withheld > 0 && (
        <Text size="sm" c="dimmed">
          {t('synchronize.withheld', { count: withheld })}{' '}
          {summary.held > 0 && access === 'suspend' && t('chosen.heldAccess')}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('chosen.groupsNote')} {summary.deactivate + summary.remove > 0 && t('synchronize.guardNote')}
      </Text>
    </div>
  );
}
