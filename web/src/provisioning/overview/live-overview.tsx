import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { tokensQuery } from '../../api/queries.ts';
import { availableIn, type Overview, pendingKinds, undecidedIn } from '../../api/shapes.ts';
import { KindBadge, RunBadge } from '../../parts/page/badges.tsx';
import { formatNumber } from '../../parts/text/format.ts';
import { Section } from '../../parts/page/page.tsx';
import { ListSkeleton, Notice } from '../../parts/page/states.tsx';
import { Ago, useNow } from '../../parts/text/time-text.tsx';
import { BringBackButton } from '../../sync/held/bring-back.tsx';
import { useGuardWords } from '../../sync/held/held-removals.tsx';
import { ActivityChart } from './activity-chart.tsx';
import { NextSync, PausedNotice } from '../settings/automatic-sync.tsx';
import { contactState } from './contact.ts';
import { expiringSoon } from '../tokens/token-life.ts';

/** Few workspaces are sandboxes. */
const Sandbox = lazy(async () => ({ default: (await import('../connect/sandbox.tsx')).Sandbox }));

/** The connection, what arrived, what would change, what happened: refreshed by itself. */
export function LiveOverview({ overview }: { overview: Overview }) {
  return (
    <Stack>
      <Troubles overview={overview} />
      {overview.sandbox && (
        <Suspense fallback={<ListSkeleton />}>
          <Sandbox />
        </Suspense>
      )}
      <Available overview={overview} />
      <div className="figures">
        <ContactCard overview={overview} />
        <DirectoryCard overview={overview} />
        <MembersCard overview={overview} />
        <RunsCard overview={overview} />
      </div>
      <ActivityChart />
    </Stack>
  );
}

/** What needs somebody's attention, each with its one next action. */
function Troubles({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const now = useNow();
  const tokens = useQuery(tokensQuery).data?.items ?? [];
  const contact = contactState(overview, now);
  const expiring = tokens.find((token) => expiringSoon(token, now));
  const live = tokens.some((token) => token.state === 'active');
  const { lastContact, removalGuard, pending } = overview;
  const guard = useGuardWords(overview);
  return (
    <>
      {contact === 'waiting' && (
        <Notice
          tone="info"
          title={t('contact.waitingTitle')}
          actions={<LinkButton to="/user-provisioning/connect">{t('contact.openGuide')}</LinkButton>}
        >
          {t('contact.waitingText')}
        </Notice>
      )}
      {contact === 'refused' && lastContact && (
        <Notice
          tone="bad"
          title={t('contact.refusedTitle', { status: lastContact.status })}
          actions={<LinkButton to="/user-provisioning/log">{t('contact.openLog')}</LinkButton>}
        >
          {t('contact.refusedText')}
        </Notice>
      )}
      {contact === 'quiet' && (
        <Notice tone="warning" title={t('contact.quietTitle')}>
          {t('contact.quietText')}
        </Notice>
      )}
      {tokens.length > 0 && !live && (
        <Notice
          tone="bad"
          title={t('token.noneTitle')}
          actions={<LinkButton to="/user-provisioning/tokens">{t('nav.tokens')}</LinkButton>}
        >
          {t('token.noneText')}
        </Notice>
      )}
      {expiring?.expiresAt && (
        <Notice
          tone="warning"
          title={t('token.expiringTitle')}
          actions={<LinkButton to="/user-provisioning/tokens">{t('token.rotate')}</LinkButton>}
        >
          {t('token.expiringText', { lastFour: expiring.lastFour })} <Ago at={expiring.expiresAt} />.
        </Notice>
      )}
      {overview.automaticSync === 'paused' && <PausedNotice />}
      {guard !== null && (
        <Notice
          tone="warning"
          title={guard.title}
          actions={
            pending.held > 0 ? (
              <LinkButton to="/user-provisioning/synchronize?kind=held">{t('held.look')}</LinkButton>
            ) : (
              <BringBackButton count={removalGuard.lostAccess} />
            )
          }
        >
          {guard.text}
        </Notice>
      )}
    </>
  );
}

function LinkButton({ to, children }: { to: string; children: string }) {
  return (
    <Button component={Link} to={to} size="xs" variant="default">
      {children}
    </Button>
  );
}

function Available({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const { pending, directory, automaticSync } = overview;
  const available = availableIn(pending);
  const kinds = pendingKinds.filter((kind) => pending[kind] > 0);
  const undecided = undecidedIn(pending);
  const { title, intro } =
    available > 0
      ? { title: t('available.title', { count: available }), intro: t(`available.text.${automaticSync}`) }
      : undecided > 0
        ? { title: t('available.undecided', { count: undecided }), intro: t('available.undecidedText') }
        : directory.users > 0
          ? { title: t('available.none'), intro: t('preview.inStep.text') }
          : { title: t('available.waiting'), intro: t('available.waitingText') };
  return (
    <Section
      title={title}
      intro={intro}
      actions={
        <Button
          component={Link}
          to="/user-provisioning/synchronize"
          size="md"
          variant={available > 0 ? 'filled' : 'default'}
        >
          {t(available > 0 ? 'available.review' : undecided > 0 ? 'available.decide' : 'available.open')}
        </Button>
      }
    >
      {kinds.length > 0 && (
        <Group gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {kinds.map((kind) => (
            <li key={kind}>
              <Link className="filter-chip nav-item" to={`/user-provisioning/synchronize?kind=${kind}`}>
                <KindBadge kind={kind} />
                <strong>{formatNumber(pending[kind])}</strong>
              </Link>
            </li>
          ))}
        </Group>
      )}
      <NextSync overview={overview} />
    </Section>
  );
}

function ContactCard({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const now = useNow();
  const state = contactState(overview, now);
  const dot = { waiting: 'waiting', good: 'good', refused: 'bad', quiet: 'waiting' }[state];
  return (
    <Section title={t('contact.title')}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <span className={`dot ${dot}`} aria-hidden />
        <Text size="sm" fw={600}>
          {t(`contact.state.${state}`)}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {overview.lastContact ? <Ago at={overview.lastContact.at} /> : t('contact.never')} ·{' '}
        {t('contact.rhythm')}
      </Text>
      <Anchor component={Link} to="/user-provisioning/log" size="sm">
        {t('contact.openLog')}
      </Anchor>
    </Section>
  );
}

function Figure({ value, label, to }: { value: number; label: string; to?: string }) {
  const text = (
    <Text size="sm" span c={to ? undefined : 'dimmed'}>
      {label}
    </Text>
  );
  return (
    <div>
      <strong className="figure">{formatNumber(value)}</strong>
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

function DirectoryCard({ overview: { directory } }: { overview: Overview }) {
  const { t } = useTranslation();
  return (
    <Section title={t('directory.title')}>
      <Group gap="xl">
        <Figure value={directory.users} label={t('directory.users', { count: directory.users })} />
        <Figure value={directory.groups} label={t('directory.groups', { count: directory.groups })} />
      </Group>
    </Section>
  );
}

function MembersCard({ overview: { members } }: { overview: Overview }) {
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
    </Section>
  );
}

function RunsCard({ overview: { lastRun } }: { overview: Overview }) {
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
            {t(`run.trigger.${lastRun.trigger}`)}
            {at && (
              <>
                {' · '}
                <Ago at={at} />
              </>
            )}
          </Text>
          <Anchor component={Link} to={`/user-provisioning/runs/${lastRun.id}`} size="sm">
            {t('lastRun.open')}
          </Anchor>
        </Stack>
      )}
    </Section>
  );
}
