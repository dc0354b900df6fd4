import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { ErrorNote, Notice } from '../page/states.tsx';
import { type BulkResult, doneIn } from './bulk.ts';
import { BulkRefusals } from './bulk-words.tsx';

interface BulkOutcomeProps {
  result: BulkResult;
  onResult: (result: BulkResult) => void;
  onDismiss: () => void;
}

/** What became of an act, with the way back where there is one. It takes the focus, and stays until it is dismissed. */
export function BulkOutcome({ result, onResult, onDismiss }: BulkOutcomeProps) {
  const { t } = useTranslation();
  const { action, answer, undo } = result;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [result]);
  const takeBack = useMutation({
    mutationFn: async ({ action: back, send }: NonNullable<BulkResult['undo']>) => {
      return { action: back, answer: await send(doneIn(answer)) };
    },
    onSuccess: async (undone) => {
      onResult(undone);
      await queryClient.invalidateQueries();
    },
  });
  const title = t(`bulk.done.${action}`, { count: answer.done });
  return (
    <div ref={place} tabIndex={-1} role="group" aria-label={title} className="bulk-outcome">
      <Notice
        tone={answer.refused > 0 ? 'warning' : 'good'}
        title={title}
        actions={
          <Group gap="xs">
            {undo && answer.done > 0 && (
              <Button
                size="xs"
                variant="default"
                loading={takeBack.isPending}
                onClick={() => takeBack.mutate(undo)}
              >
                {t('bulk.undo')}
              </Button>
            )}
            <Button size="xs" variant="subtle" onClick={onDismiss}>
              {t('bulk.dismiss')}
            </Button>
          </Group>
        }
      >
        {(answer.refused > 0 || takeBack.error !== null) && (
          <Stack gap="xs">
            <BulkRefusals answer={answer} />
            <ErrorNote error={takeBack.error} />
          </Stack>
        )}
      </Notice>
    </div>
  );
}
