import { Button, Group, Progress, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { overviewQuery, sandboxQuery } from '../../api/queries/overview.ts';
import type { Simulation } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActFields } from '../../parts/acts/act-fields.tsx';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton, Notice } from '../../parts/page/states.tsx';
import { endedWords } from './sandbox-words.ts';

const providers = ['entra', 'okta'] as const;
type Provider = (typeof providers)[number];
const peopleAtFirst = '40';

/** Lets a simulated identity provider fill the workspace, and shows how far it is. */
export function Sandbox() {
  const { t } = useTranslation();
  const sandbox = useQuery(sandboxQuery);
  const simulation = sandbox.data?.simulation ?? null;
  const { state, phase, done } = simulation ?? {};
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey });
    if (state !== 'running') void queryClient.invalidateQueries({ queryKey: ['preview'] });
  }, [state, phase, done]);
  return (
    <Section title={t('sandbox.title')} intro={t('sandbox.intro')}>
      <ErrorNote error={sandbox.error} retry={() => void sandbox.refetch()} />
      {sandbox.isPending && <ListSkeleton />}
      {sandbox.data &&
        (simulation?.state === 'running' ? (
          <Running simulation={simulation} />
        ) : (
          <Stack>
            {simulation && <Ended simulation={simulation} />}
            {sandbox.data.nextDay !== null && <NextDay />}
            <StartForm key={simulation?.startedAt} peopleMax={sandbox.data.peopleMax} last={simulation} />
          </Stack>
        ))}
    </Section>
  );
}

/** Lets the company that has arrived live on by a day. */
function NextDay() {
  const { t } = useTranslation();
  const start = useMutation({
    mutationFn: () => answer(() => api.POST('/api/sandbox/simulation/next-day')),
    onSuccess: (data) => queryClient.setQueryData(sandboxQuery.queryKey, data),
  });
  return (
    <Stack gap="xs">
      <Text size="sm">{t('sandbox.nextDayHint')}</Text>
      <ErrorNote error={start.error} />
      <Group>
        <ActButton
          act="POST /api/sandbox/simulation/next-day"
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t('sandbox.nextDay')}
        </ActButton>
      </Group>
    </Stack>
  );
}

/** Starts with what was simulated last, so that it can be gone on with. */
function StartForm({ peopleMax, last }: { peopleMax: number; last: Simulation | null }) {
  const { t } = useTranslation();
  const [provider, setProvider] = useState<Provider>(last?.provider ?? 'entra');
  const [people, setPeople] = useState(last === null ? peopleAtFirst : String(last.people));
  const count = Number(people);
  const isWrong = !Number.isInteger(count) || count < 1 || count > peopleMax;
  const start = useMutation({
    mutationFn: () =>
      answer(() => api.POST('/api/sandbox/simulation', { body: { provider, people: count } })),
    onSuccess: (data) => queryClient.setQueryData(sandboxQuery.queryKey, data),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) start.mutate();
      }}
    >
      <ActFields act="POST /api/sandbox/simulation">
        <ProviderChoice provider={provider} onChoose={setProvider} />
        <TextInput
          label={t('sandbox.people')}
          description={t('sandbox.peopleHint', { max: peopleMax })}
          error={isWrong ? t('sandbox.peopleWrong', { max: peopleMax }) : undefined}
          inputMode="numeric"
          maw="12rem"
          value={people}
          onChange={(event) => setPeople(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t('sandbox.token')}
        </Text>
        <ErrorNote error={start.error} />
        <Group>
          <ActButton
            act="POST /api/sandbox/simulation"
            type="submit"
            loading={start.isPending}
            variant={last === null ? 'filled' : 'default'}
          >
            {t(last === null ? 'sandbox.start' : 'sandbox.again')}
          </ActButton>
        </Group>
      </ActFields>
    </form>
  );
}

function ProviderChoice({
  provider,
  onChoose,
}: {
  provider: Provider;
  onChoose: (provider: Provider) => void;
}) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('sandbox.provider')}
      value={provider}
      onChange={(chosen) => onChoose(providers.find((each) => each === chosen) ?? 'entra')}
    >
      <Stack gap="sm" mt="xs">
        {providers.map((each) => (
          <Radio
            key={each}
            value={each}
            label={t(`sandbox.${each}`)}
            description={t(`sandbox.${each}Hint`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Running({ simulation: { provider, day, phase, done, total } }: { simulation: Simulation }) {
  const { t } = useTranslation();
  const stop = useMutation({
    mutationFn: () => answer(() => api.POST('/api/sandbox/simulation/stop')),
    onSuccess: (data) => queryClient.setQueryData(sandboxQuery.queryKey, data),
  });
  const title = t(day === 0 ? 'sandbox.running' : 'sandbox.runningDay', {
    provider: t(`sandbox.${provider}`),
    day: day + 1,
  });
  const text = phase === null ? t('sandbox.starting') : t(`sandbox.phase.${phase}`, { done, total });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section
          value={total > 0 ? (done / total) * 100 : 2}
          animated
          striped
          aria-label={title}
          aria-valuetext={text}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed" role="status">
        {text}
      </Text>
      <ErrorNote error={stop.error} />
      <Group>
        <ActButton
          act="POST /api/sandbox/simulation/stop"
          variant="default"
          size="xs"
          loading={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {t('sandbox.stop')}
        </ActButton>
        <LogButton />
      </Group>
    </Stack>
  );
}

const tones = { succeeded: 'good', stopped: 'info', failed: 'bad' } as const;

function Ended({ simulation: { state, day, failures, error } }: { simulation: Simulation }) {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery).data;
  if (state === 'running' || overview === undefined) return null;
  const { text, offersReview } = endedWords({ state, day }, overview);
  const key = state === 'succeeded' && day > 0 ? 'succeededDay' : state;
  return (
    <div role="status">
      <Notice
        tone={state === 'succeeded' && failures > 0 ? 'warning' : tones[state]}
        title={t(`sandbox.${key}`, { day: day + 1 })}
        actions={
          <>
            {offersReview && (
              <Button component={Link} to="/user-provisioning/synchronize" size="xs" variant="default">
                {t('sandbox.review')}
              </Button>
            )}
            <LogButton />
          </>
        }
      >
        {error ?? t(text, { day: day + 1 })}
        {failures > 0 && <> {t('sandbox.refused', { count: failures })}</>}
      </Notice>
    </div>
  );
}

function LogButton() {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/user-provisioning/log?kind=change" size="xs" variant="default">
      {t('contact.openLog')}
    </Button>
  );
}
