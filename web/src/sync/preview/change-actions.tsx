import { Group, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { explanationQuery } from '../../api/queries/preview.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Change } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { HeldPerson } from '../held/held-person.tsx';
import { usePreviewActs } from './preview-acts-context.ts';
import { LinkDialog } from './link-dialog.tsx';
import { actionsOf, candidatesOf, type Decision, decisions } from './preview-words.ts';
import { useLink } from './use-link.ts';

/** How the service came to a change, step by step, and what can be done about it. */
export function ChangeActions({ change }: { change: Change }) {
  const { directoryUserId, memberId } = change;
  const actions = actionsOf(change);
  const decide = useDecide(change);
  return (
    <Stack gap="sm">
      <Steps directoryUserId={directoryUserId} />
      <ErrorNote error={decide.error} />
      {actions.includes('approve') && memberId !== null && (
        <HeldPerson directoryUserId={directoryUserId} memberId={memberId} />
      )}
      {actions.includes('linkCandidate') && <Candidates change={change} />}
      <Buttons
        change={change}
        decide={decide.mutate}
        deciding={decide.isPending ? decide.variables : undefined}
      />
    </Stack>
  );
}

function useDecide({ directoryUserId, name }: Change) {
  const { t } = useTranslation();
  const toast = useToast();
  const page = usePreviewActs();
  return useMutation({
    mutationFn: (decision: Decision) => {
      const request = { params: { path: { directoryUserId } } };
      return answer<unknown>(() => {
        switch (decision) {
          case 'exclude':
            return api.POST('/api/sync-preview/{directoryUserId}/exclude', request);
          case 'include':
            return api.POST('/api/sync-preview/{directoryUserId}/include', request);
          case 'separate':
            return api.POST('/api/sync-preview/{directoryUserId}/separate', request);
          case 'retry':
            return api.POST('/api/sync-preview/{directoryUserId}/retry', request);
          case 'lift':
            return api.POST('/api/sync-preview/{directoryUserId}/lift', request);
        }
      });
    },
    onSuccess: async (_, decision) => {
      await queryClient.invalidateQueries();
      toast(t(`decision.${decision}.done`, { name }));
      if (document.activeElement === document.body) page?.focusList();
    },
  });
}

function Steps({ directoryUserId }: Pick<Change, 'directoryUserId'>) {
  const { t } = useTranslation();
  const explanation = useQuery(explanationQuery(directoryUserId)).data;
  if (explanation === undefined) return null;
  // What follows from them stands above, as the reason.
  const steps = explanation.steps.filter(({ step }) => step !== 'decided');
  return (
    <ol style={{ margin: 0, paddingInlineStart: '1.2rem', fontSize: '0.8125rem' }}>
      {steps.map(({ step, text }) => (
        <li key={step}>
          <strong>{t(`step.${step}`)}:</strong> {text}
        </li>
      ))}
    </ol>
  );
}

interface ButtonsProps {
  change: Change;
  decide: (decision: Decision) => void;
  /** The decision that is on its way. */
  deciding: Decision | undefined;
}

function Buttons({ change, decide, deciding }: ButtonsProps) {
  const { t } = useTranslation();
  const actions = actionsOf(change);
  const [linking, setLinking] = useState(false);
  return (
    <Group gap="xs">
      {actions.includes('link') && (
        <ActButton
          act="POST /api/sync-preview/{directoryUserId}/link"
          size="xs"
          variant="default"
          onClick={() => setLinking(true)}
        >
          {t('decision.link')}
        </ActButton>
      )}
      {decisions
        .filter((decision) => actions.includes(decision))
        .map((decision) => (
          <ActButton
            act={`POST /api/sync-preview/{directoryUserId}/${decision}`}
            key={decision}
            size="xs"
            variant="default"
            loading={deciding === decision}
            onClick={() => decide(decision)}
          >
            {t(`decision.${decision}`)}
          </ActButton>
        ))}
      <LinkDialog opened={linking} change={change} onClose={() => setLinking(false)} />
    </Group>
  );
}

/** The members that the conflict names: one press says that this person is that member. */
function Candidates({ change }: { change: Change }) {
  const { t } = useTranslation();
  const link = useLink(change);
  return (
    <>
      <ErrorNote error={link.error} />
      <Group gap="xs">
        {candidatesOf(change.reason).map(({ id, name }) => (
          <ActButton
            act="POST /api/sync-preview/{directoryUserId}/link"
            key={id}
            size="xs"
            loading={link.isPending && link.variables === id}
            onClick={() => link.mutate(id)}
          >
            {t('decision.samePerson', { name })}
          </ActButton>
        ))}
      </Group>
    </>
  );
}
