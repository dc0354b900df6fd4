import { Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadedItems, runsQuery } from '../api/queries.ts';
import { DecisionDialog } from './held-removals.tsx';

/** The buttons that carry out or refuse one held removal. `runId` names the run that holds it, where it is known. */
export function HeldPerson({ directoryUserId, runId }: { directoryUserId: string; runId?: string }) {
  const { t } = useTranslation();
  const runs = useInfiniteQuery({ ...runsQuery, enabled: runId === undefined });
  const holding = runId ?? loadedItems(runs).find(({ state }) => state === 'awaiting_approval')?.id;
  const [decision, setDecision] = useState<'approve' | 'reject' | null>(null);
  if (holding === undefined) return null;
  return (
    <div>
      <Text size="sm" mb="xs">
        {t('held.onePerson')}
      </Text>
      <Group gap="xs">
        <Button size="xs" color="red.8" onClick={() => setDecision('approve')}>
          {t('held.approveOne')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setDecision('reject')}>
          {t('held.rejectOne')}
        </Button>
      </Group>
      <DecisionDialog
        runId={holding}
        count={1}
        people={[directoryUserId]}
        decision={decision}
        onClose={() => setDecision(null)}
      />
    </div>
  );
}
