import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { explanationQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Change } from '../../api/shapes.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { HeldPerson } from '../held/held-person.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { useLink } from './use-link.ts';

/** What is done about a person by one request, in the order of the buttons. */
const deeds = ['include', 'separate', 'exclude', 'retry', 'lift'] as const;
type Deed = (typeof deeds)[number];

/** How it came to this, step by step, and what can be done: link, exclude, take in again, try again. */
export function ChangeActions({ change }: { change: Change }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { directoryUserId, memberId, kind, offers } = change;
  const explanation = useQuery(explanationQuery(directoryUserId));
  const [linking, setLinking] = useState(false);
  const act = useMutation({
    mutationFn: (deed: Deed) => {
      const request = { params: { path: { directoryUserId } } };
      return answer<unknown>(() => {
        if (deed === 'exclude') return api.POST('/api/sync-preview/{directoryUserId}/exclude', request);
        if (deed === 'include') return api.POST('/api/sync-preview/{directoryUserId}/include', request);
        if (deed === 'separate') return api.POST('/api/sync-preview/{directoryUserId}/separate', request);
        if (deed === 'retry') return api.POST('/api/sync-preview/{directoryUserId}/retry', request);
        return api.POST('/api/sync-preview/{directoryUserId}/lift', request);
      });
    },
    onSuccess: async (_, deed) => {
      await queryClient.invalidateQueries();
      toast(t(`deed.${deed}.done`, { name: change.name }));
    },
  });
  // Who is held or suppressed is decided about otherwise; excluding them would only hide the question.
  const hidden = kind === 'held' || kind === 'suppressed' ? ['exclude'] : [];
  return (
    <Stack gap="sm">
      {explanation.data && (
        <ol style={{ margin: 0, paddingInlineStart: '1.2rem', fontSize: '0.8125rem' }}>
          {explanation.data.steps.map(({ step, text }) => (
            <li key={step}>
              <strong>{t(`step.${step}`)}:</strong> {text}
            </li>
          ))}
        </ol>
      )}
      <ErrorNote error={act.error} />
      {kind === 'held' && memberId && <HeldPerson directoryUserId={directoryUserId} memberId={memberId} />}
      {kind === 'conflict' && offers.includes('link') && <Candidates change={change} />}
      <Group gap="xs">
        {offers.includes('link') && (
          <Button size="xs" variant="default" onClick={() => setLinking(true)}>
            {t('deed.link')}
          </Button>
        )}
        {deeds
          .filter((deed) => offers.includes(deed) && !hidden.includes(deed))
          .map((deed) => (
            <Button
              key={deed}
              size="xs"
              variant="default"
              loading={act.isPending && act.variables === deed}
              onClick={() => act.mutate(deed)}
            >
              {t(`deed.${deed}`)}
            </Button>
          ))}
      </Group>
      <LinkDialog opened={linking} change={change} onClose={() => setLinking(false)} />
    </Stack>
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
        {candidatesOf(change).map(({ id, name }) => (
          <Button
            key={id}
            size="xs"
            loading={link.isPending && link.variables === id}
            onClick={() => link.mutate(id)}
          >
            {t('deed.samePerson', { name })}
          </Button>
        ))}
      </Group>
    </>
  );
}

interface Candidate {
  id: string;
  name: string;
}

function candidatesOf({ reason: { params } }: Change): readonly Candidate[] {
  const { memberId, name, candidates } = params as {
    memberId?: string | null;
    name?: string;
    candidates?: Candidate[];
  };
  return candidates ?? (memberId ? [{ id: memberId, name: name ?? '' }] : []);
}
