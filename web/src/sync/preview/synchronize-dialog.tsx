import { Button, List, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { isPreviewNewer, useStartRun } from '../runs/use-start-run.ts';
import {
  anywayWords,
  changedWords,
  confirmTitle,
  doesAnything,
  type RunPlan,
  runNotes,
  willDo,
} from './preview-words.ts';

interface SynchronizeDialogProps {
  opened: boolean;
  plan: RunPlan;
  version: string | undefined;
  onClose: () => void;
  onStarted: (runId: string) => void;
}

/** Says in plain numbers what Synchronize will do. What was shown is what runs. */
export function SynchronizeDialog(props: SynchronizeDialogProps) {
  const { opened, plan, version, onClose, onStarted } = props;
  const { t } = useTranslation();
  const start = useStartRun({}, onStarted);
  const isNewer = isPreviewNewer(start.error);
  const anyway = anywayWords(plan);
  return (
    <Confirm
      opened={opened}
      title={inWords(confirmTitle(plan), t)}
      confirmLabel={t('synchronize.action')}
      blocked={!doesAnything(plan)}
      pending={start.isPending}
      error={isNewer ? null : start.error}
      onConfirm={() => start.mutate(version)}
      onClose={() => {
        start.reset();
        onClose();
      }}
    >
      <Stack gap="sm">
        <Consequences plan={plan} />
        {isNewer && (
          <Notice
            tone="warning"
            title={t('synchronize.changedTitle')}
            actions={
              anyway && (
                <Button size="xs" variant="default" onClick={() => start.mutate(undefined)}>
                  {inWords(anyway, t)}
                </Button>
              )
            }
          >
            {inWords(changedWords(plan), t)}
          </Notice>
        )}
      </Stack>
    </Confirm>
  );
}

function Consequences({ plan }: { plan: RunPlan }) {
  const { t } = useTranslation();
  return (
    <>
      <List size="sm">
        {willDo(plan).map((sentence) => (
          <List.Item key={sentence.text}>{inWords(sentence, t)}</List.Item>
        ))}
      </List>
      {runNotes(plan).map((sentence) => (
        <Text key={sentence.text} size="sm" c="dimmed">
          {inWords(sentence, t)}
        </Text>
      ))}
    </>
  );
}
