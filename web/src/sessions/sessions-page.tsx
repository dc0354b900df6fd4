import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import { sessionsQuery } from '../api/queries/sessions.ts';
import { queryClient } from '../api/query-client.ts';
import type { ListedSession } from '../api/shapes.ts';
import { useTranslation } from '../i18n.ts';
import { ActButton } from '../parts/acts/act-button.tsx';
import { Confirm } from '../parts/dialogs/confirm.tsx';
import { StateBadge } from '../parts/page/badges.tsx';
import { Page, Section } from '../parts/page/page.tsx';
import { ErrorNote, ListSkeleton } from '../parts/page/states.tsx';
import { useToast } from '../parts/page/toast.tsx';
import { formatTime } from '../parts/text/format.ts';
import { Ago, Moment } from '../parts/text/time-text.tsx';
import { useSession } from '../shell/session-gate.tsx';
import { programName } from './program-name.ts';

/** Who is signed in to the workspace: end a session, sign out everywhere. */
export function SessionsPage() {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery);
  const [ending, setEnding] = useState<ListedSession | null>(null);
  const [everywhere, setEverywhere] = useState(false);
  return (
    <Page
      title={t('sessions.title')}
      intro={t('sessions.intro')}
      actions={
        <Button variant="default" onClick={() => setEverywhere(true)}>
          {t('sessions.everywhere')}
        </Button>
      }
    >
      <ErrorNote error={sessions.error} retry={() => void sessions.refetch()} />
      {sessions.isPending ? (
        <ListSkeleton />
      ) : (
        sessions.data?.items.map((session) => (
          <SessionSection key={session.id} session={session} onEnd={() => setEnding(session)} />
        ))
      )}
      <EndDialog session={ending} onClose={() => setEnding(null)} />
      <EverywhereDialog opened={everywhere} onClose={() => setEverywhere(false)} />
    </Page>
  );
}

function SessionSection({ session, onEnd }: { session: ListedSession; onEnd: () => void }) {
  const { t } = useTranslation();
  const { email, createdAt, lastUsedAt, expiresAt, userAgent, address, isCurrent } = session;
  return (
    <Section
      title={email}
      actions={
        isCurrent ? (
          <StateBadge tone="green">{t('sessions.this')}</StateBadge>
        ) : (
          <ActButton
            act="DELETE /api/sessions/{id}"
            variant="default"
            size="xs"
            c="var(--mantine-color-error)"
            onClick={onEnd}
            aria-label={t('sessions.endLabel', { email, at: formatTime(createdAt) })}
          >
            {t('sessions.end')}
          </ActButton>
        )
      }
    >
      <Group gap="xs">
        <Text size="sm">{userAgent === null ? t('sessions.unknown') : programName(userAgent)}</Text>
      </Group>
      <dl className="facts">
        <dt>{t('sessions.used')}</dt>
        <dd>
          <Ago at={lastUsedAt} />
        </dd>
        <dt>{t('sessions.opened')}</dt>
        <dd>
          <Moment at={createdAt} />
        </dd>
        <dt>{t('sessions.ends')}</dt>
        <dd>
          <Moment at={expiresAt} />
        </dd>
        {address !== null && (
          <>
            <dt>{t('sessions.address')}</dt>
            <dd>
              <code>{address}</code>
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}

function EndDialog({ session, onClose }: { session: ListedSession | null; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const end = useMutation({
    mutationFn: (id: string) => answer(() => api.DELETE('/api/sessions/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      toast(t('sessions.ended'));
      onClose();
    },
  });
  return (
    <Confirm
      opened={session !== null}
      title={t('sessions.endTitle')}
      confirmLabel={t('sessions.end')}
      danger
      pending={end.isPending}
      error={end.error}
      onClose={onClose}
      onConfirm={() => session && end.mutate(session.id)}
    >
      {t('sessions.endText', { email: session?.email ?? '' })}
    </Confirm>
  );
}

function EverywhereDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { leave } = useSession();
  const signOut = useMutation({
    mutationFn: () => answer(() => api.POST('/api/session/sign-out-everywhere')),
    onSuccess: leave,
  });
  return (
    <Confirm
      opened={opened}
      title={t('sessions.everywhereTitle')}
      confirmLabel={t('sessions.everywhere')}
      danger
      pending={signOut.isPending}
      error={signOut.error}
      onClose={onClose}
      onConfirm={() => signOut.mutate()}
    >
      {t('sessions.everywhereText')}
    </Confirm>
  );
}
