import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { activityQuery } from '../../api/queries/overview.ts';
import { Link } from '../../parts/page/link.tsx';
import type { Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { RunBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { formatDuration, formatNumber } from '../../parts/text/format.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { Ago } from '../../parts/text/time-text.tsx';
import { ChosenWords } from '../../sync/runs/chosen-words.tsx';
import { shownTrigger } from '../../sync/runs/run-words.ts';
import { logPath } from '../log/log-address.ts';
import { useIsCutOff } from '../tokens/use-token-troubles.ts';
import { contactState } from './contact.ts';
import { leaversWords } from './overview-words.ts';

/** When the identity provider last sent something. */
export function ContactCard({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const state = contactState(overview, useIsCutOff(overview));
  const dot = { waiting: 'waiting', good: 'good', refused: 'bad', cutOff: 'bad' }[state];
  return (
    <Section title={t('contact.title')}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <span className={`dot ${dot}`} aria-hidden />
        <Text size="sm" fw={600}>
          {t(`contact.state.${state}`)}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {overview.lastContact ? <Ago at={overview.lastContact.at} /> : t('contact.never')}
      </Text>
      <Errors />
      <Anchor component={Link} to="/user-provisioning/log" size="sm">
        {t('contact.openLog')}
      </Anchor>
    </Section>
  );
}

/** How many requests of the last days were answered with an error; the log has them. */
function Errors() {
  const { t } = useTranslation();
  const days = useQuery(activityQuery).data?.items ?? [];
  const count = days.reduce((sum, { errors }) => sum + errors, 0);
  if (count === 0) return null;
  return (
    <Anchor component={Link} to={logPath({ outcome: 'error' })} size="sm">
      {t('contact.errorsLately', { count, days: days.length })}
    </Anchor>
  );
}

function Figure({ value, label, to }: { value: number | string; label: string; to?: string }) {
  const text = (
    <Text size="sm" span c={to ? undefined : 'dimmed'}>
      {label}
    </Text>
  );
  return (
    <div>
      <strong className="figure">{typeof value === 'number' ? formatNumber(value) : value}</strong>
      {to ? (
        <Anchor component={Link} to={to} size="sm">
          {label}
        </Anchor>
      ) : (
        text
      )}
    </div>
  );
}

/** How many people and groups it sent. */
export function DirectoryCard({ overview: { directory } }: { overview: Overview }) {
  const { t } = useTranslation();
  return (
    <Section title={t('directory.title')}>
      <Group gap="xl">
        <Figure
          value={directory.users}
          label={t('directory.users', { count: directory.users })}
          to="/user-provisioning/directory"
        />
        <Figure value={directory.groups} label={t('directory.groups', { count: directory.groups })} />
      </Group>
    </Section>
  );
}

/** How many members have access. */
export function MembersCard({ overview: { members, seats } }: { overview: Overview }) {
  const { t } = useTranslation();
  return (
    <Section title={t('nav.members')}>
      <Group gap="xl">
        <Figure value={members.active} label={t('members.active')} to="/members?status=active" />
        <Figure
          value={members.deactivated}
          label={t('members.deactivated')}
          to="/members?status=deactivated"
        />
      </Group>
      {seats !== null && (
        <Text size="sm" c="dimmed">
          {t('seats.of', { used: seats.used, limit: seats.limit })}
        </Text>
      )}
    </Section>
  );
}

/** How long people who left kept access, and how many still have it. */
export function LeaversCard({ overview: { timeToLeave } }: { overview: Overview }) {
  const { t } = useTranslation();
  const { p50Seconds, p99Seconds, people, open } = timeToLeave;
  return (
    <Section title={t('timeToLeave.title')}>
      <Text size="sm" c="dimmed">
        {inWords(leaversWords({ timeToLeave }), t)}
      </Text>
      <Group gap="xl">
        {p50Seconds !== null && <Figure value={formatDuration(p50Seconds)} label={t('timeToLeave.p50')} />}
        {p99Seconds !== null && <Figure value={formatDuration(p99Seconds)} label={t('timeToLeave.p99')} />}
        {(open > 0 || people > 0) && <Figure value={open} label={t('timeToLeave.open', { count: open })} />}
      </Group>
    </Section>
  );
}

/** How the last synchronization went. */
export function RunsCard({ overview: { lastRun } }: { overview: Overview }) {
  const { t } = useTranslation();
  const at = lastRun?.finishedAt ?? lastRun?.startedAt;
  return (
    <Section title={t('lastRun.title')}>
      {lastRun === null ? (
        <Text size="sm" c="dimmed">
          {t('lastRun.none')}
        </Text>
      ) : (
        <Stack gap={6} align="flex-start">
          <RunBadge state={lastRun.state} />
          <Text size="sm" c="dimmed">
            {t(`run.trigger.${shownTrigger(lastRun)}`)}
            {at && (
              <>
                {' · '}
                <Ago at={at} />
              </>
            )}
          </Text>
          <ChosenWords run={lastRun} />
          <Anchor component={Link} to={`/user-provisioning/runs/${lastRun.id}`} size="sm">
            {t('lastRun.open')}
          </Anchor>
        </Stack>
      )}
    </Section>
  );
}
