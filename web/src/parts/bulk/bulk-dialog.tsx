import { Button, Modal, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Bulk } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { DialogButtons } from '../dialogs/dialog-buttons.tsx';
import { ErrorNote, Notice } from '../page/states.tsx';
import { type BulkAct, type BulkAction, type BulkResult, takesAccess } from './bulk.ts';
import { BulkNames, BulkRefusals } from './bulk-words.tsx';

interface BulkDialogProps {
  /** Null: closed. */
  act: BulkAct | null;
  /** The words of actions that have others than most. */
  wordsOf?: (action: BulkAction, who: BulkWho) => BulkWords | null;
  onClose: () => void;
  onDone: (result: BulkResult) => void;
}

/** How many an act is about; one person is called by name. */
export interface BulkWho {
  count: number;
  name?: string | undefined;
}

/** What a dialog asks, what follows, and what its button is called. */
export interface BulkWords {
  title: string;
  text: ReactNode;
  confirm: string;
  /** Whether the title names the one person that the act is about: then no list names them again. */
  isNamed?: boolean;
}

/** Says in numbers and names what an act does, asks, and does exactly that. */
export function BulkDialog({ act, wordsOf, onClose, onDone }: BulkDialogProps) {
  return act === null ? null : (
    <Asking key={act.key} act={act} wordsOf={wordsOf} onClose={onClose} onDone={onDone} />
  );
}

type AskingProps = Required<Pick<BulkDialogProps, 'onClose' | 'onDone'>> &
  Pick<BulkDialogProps, 'wordsOf'> & { act: BulkAct };

function Asking({ act, wordsOf, onClose, onDone }: AskingProps) {
  const { t } = useTranslation();
  const close = useReturn(onClose);
  const tried = useTried(act);
  const carryOut = useCarryOut(act, onDone);
  const words = useWords(act.action, whoIn(tried.data), wordsOf);
  const isNewer = carryOut.error instanceof ApiError && carryOut.error.type === 'selection-changed';
  const done = tried.data?.done ?? 0;
  return (
    <Modal
      opened
      onClose={close}
      title={tried.data === undefined ? t(`bulk.action.${act.action}`) : words.title}
      centered
      // Where it was opened from may be gone: the list, or what became of the act, takes the focus.
      returnFocus={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (tried.data !== undefined) carryOut.mutate(tried.data);
        }}
      >
        <Stack>
          {isNewer && (
            <Notice tone="warning" title={t('bulk.changedTitle')}>
              {t('bulk.changedText')}
            </Notice>
          )}
          <ErrorNote error={tried.error ?? (isNewer ? null : carryOut.error)} />
          <Consequences
            answer={tried.data}
            isPending={tried.isPending}
            text={words.text}
            isNamed={words.isNamed === true}
          />
          {carryOut.isPending && <Working count={done} />}
          <DialogButtons onCancel={close} cancelFirst={takesAccess.has(act.action)}>
            <Button
              type="submit"
              color={takesAccess.has(act.action) ? 'red.8' : undefined}
              disabled={done === 0 || tried.isFetching}
              loading={carryOut.isPending}
            >
              {words.confirm}
            </Button>
          </DialogButtons>
        </Stack>
      </form>
    </Modal>
  );
}

/** Gives the focus back to what had it when the dialog opened, where nothing was done. */
function useReturn(onClose: () => void): () => void {
  const [opener] = useState(() => document.activeElement);
  return () => {
    onClose();
    window.setTimeout(() => opener instanceof HTMLElement && opener.focus());
  };
}

/** What the act would do, as of when the dialog opened, or when others were found to match. */
function useTried({ key, action, send }: BulkAct) {
  return useQuery({
    queryKey: ['bulk', action, key],
    queryFn: () => send({ dryRun: true }),
    // What is confirmed is what was read: it does not change under the reader's eyes.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

function useCarryOut({ key, action, send, undo }: BulkAct, onDone: BulkDialogProps['onDone']) {
  return useMutation({
    mutationFn: ({ selection }: Bulk) => send({ confirmed: selection }),
    onSuccess: async (answer) => {
      onDone({ action, answer, undo });
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'bulk' });
    },
    onError: () => queryClient.invalidateQueries({ queryKey: ['bulk', action, key] }),
  });
}

function whoIn(answer: Bulk | undefined): BulkWho {
  if (answer === undefined) return { count: 0 };
  const { done, items } = answer;
  // Who has no name is not called by it.
  const one = items.find(({ outcome, name }) => outcome === 'done' && name !== '');
  return { count: done, name: done === 1 ? one?.name : undefined };
}

function useWords(action: BulkAction, who: BulkWho, wordsOf: BulkDialogProps['wordsOf']): BulkWords {
  const { t } = useTranslation();
  const others = wordsOf?.(action, who);
  if (others) return others;
  const own = action as Exclude<BulkAction, 'approve' | 'reject'>;
  return {
    title: t(`bulk.title.${own}`, { count: who.count }),
    text: t(`bulk.text.${own}`, { count: who.count }),
    confirm: t(`bulk.action.${action}`),
  };
}

function Consequences({
  answer,
  isPending,
  text,
  isNamed,
}: {
  answer: Bulk | undefined;
  isPending: boolean;
  text: ReactNode;
  isNamed: boolean;
}) {
  const { t } = useTranslation();
  if (isPending) {
    return (
      <Text size="sm" role="status">
        {t('bulk.counting')}
      </Text>
    );
  }
  if (answer === undefined) return null;
  return (
    <>
      <Text size="sm" component="div">
        {answer.done === 0 ? t('bulk.nobody') : text}
      </Text>
      {!isNamed && <BulkNames answer={answer} />}
      <BulkRefusals answer={answer} />
    </>
  );
}

/** It is one act, done whole or not at all: how far it is, only the service could tell. */
function Working({ count }: { count: number }) {
  const { t } = useTranslation();
  const text = t('bulk.working', { count });
  return (
    <div>
      <Progress.Root size="sm">
        <Progress.Section value={100} animated striped aria-label={text} />
      </Progress.Root>
      <Text size="sm" c="dimmed" role="status">
        {text}
      </Text>
    </div>
  );
}
