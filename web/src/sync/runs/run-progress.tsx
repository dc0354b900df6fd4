import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { runQuery } from '../../api/queries/runs.ts';
import { queryClient } from '../../api/query-client.ts';
import { isOver, type Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { useAnnouncement } from '../../parts/page/announcer.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote, Notice } from '../../parts/page/states.tsx';
import { ChosenWords } from './chosen-words.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { RunCounts } from './run-counts.tsx';
import { progressWords, resultWords } from './run-words.ts';
import { UndoButton } from './undo-button.tsx';

/** A run while it goes on, then its result with the way back. */
export function RunProgress({ id }: { id: string }) {
  const { t } = useTranslation();
  const run = useQuery(runQuery(id));
  const over = run.data !== undefined && isOver(run.data);
  useEffect(() => {
    if (!over) return;
    for (const queryKey of [['overview'], ['preview'], ['members'], ['groups'], ['runs', 'list']]) {
      void queryClient.invalidateQueries({ queryKey });
    }
  }, [over]);
  if (run.error && run.data === undefined) return <ErrorNote error={run.error} />;
  if (run.data && over) return <Result run={run.data} />;
  const { total = 0, done = 0 } = run.data ?? {};
  const text = inWords(progressWords(run.data), t);
  return (
    <Section title={t('run.running')}>
      <Stack gap="xs">
        <Progress.Root size="lg">
          <Progress.Section
            value={total > 0 ? (done / total) * 100 : 2}
            animated
            striped
            aria-label={t('run.running')}
            aria-valuetext={text}
          />
        </Progress.Root>
        <Text size="sm" c="dimmed" role="status">
          {text}
        </Text>
      </Stack>
    </Section>
  );
}

function Result({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { tone, title } = resultWords(run);
  useAnnouncement(inWords(title, t));
  if (tone === 'bad') {
    return (
      <Notice tone="bad" title={inWords(title, t)}>
        {run.error} {t('run.failedText')}
      </Notice>
    );
  }
  return (
    <Notice
      tone={tone}
      title={inWords(title, t)}
      actions={
        <>
          <Button component={Link} to={`/user-provisioning/runs/${run.id}`} size="xs" variant="default">
            {t('run.see')}
          </Button>
          <UndoButton run={run} size="xs" />
        </>
      }
    >
      <ChosenWords run={run} />
      <Group gap="sm">
        <RunCounts run={run} />
      </Group>
    </Notice>
  );
}
