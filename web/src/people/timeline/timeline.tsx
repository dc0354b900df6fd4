import { Anchor, Text } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { attributeHeading } from '../../parts/text/attribute-name.ts';
import { Link } from '../../parts/page/link.tsx';
import { timelineQuery } from '../../api/queries/members.ts';
import { pendingKinds, type TimelineEntry } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { FieldChanges } from '../../parts/text/field-changes.tsx';
import { doneKindText } from '../../parts/text/kind-words.ts';
import { Section } from '../../parts/page/page.tsx';
import { NoteList } from '../../parts/text/reading-notes.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { Ago } from '../../parts/text/time-text.tsx';
import { logPath } from '../../provisioning/log/log-address.ts';
import { timelineChanges } from '../../provisioning/log/directory-change.ts';
import { useProvisioningState } from '../members/use-provisioning-state.ts';
import { receiptOf } from './receipt.ts';
import { ReceiptSteps, ReceiptTitle } from './receipt-steps.tsx';

const eventKinds = [
  'created',
  'updated',
  'deleted',
  'replaced',
  'deactivated',
  'reactivated',
  'left_out',
] as const;
const groupKinds = ['create', 'rename', 'members', 'delete'] as const;
/** What became of a change that was not just made. */
const changeStates = ['held', 'approved', 'rejected', 'undone', 'kept'] as const;
const adminKinds = [
  'member.created',
  'member.updated',
  'member.removed',
  'member.suspended',
  'member.suspension-lifted',
  'members.imported',
  'members.deactivated',
  'members.reactivated',
  'members.removed',
  'people.excluded',
  'people.included',
  'people.linked',
  'suppressions.lifted',
  'conflicts.retried',
  'removals.approved',
  'removals.rejected',
] as const;

/** What the identity provider sent, what each run did and what admins did, newest first. */
export function Timeline({ memberId, isProvisioned }: { memberId: string; isProvisioned: boolean }) {
  const { t } = useTranslation();
  const isActive = useProvisioningState() === 'active';
  const timeline = useQuery(timelineQuery(memberId));
  return (
    <TimelineSection
      timeline={timeline}
      actions={
        isProvisioned &&
        isActive && (
          <Anchor component={Link} to={logPath({ member: memberId })} size="sm">
            {t('log.ofMember')}
          </Anchor>
        )
      }
    />
  );
}

/** The history of a person or a group, newest first. */
export function TimelineSection({
  timeline,
  isOfGroup = false,
  actions,
}: {
  timeline: UseQueryResult<{ items: TimelineEntry[] }>;
  isOfGroup?: boolean;
  actions?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Section title={t('timeline.title')} actions={actions}>
      <ErrorNote error={timeline.error} retry={() => void timeline.refetch()} />
      {timeline.isPending ? (
        <ListSkeleton />
      ) : timeline.data?.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('timeline.empty')}
        </Text>
      ) : (
        <ol className="timeline" reversed>
          {timeline.data?.items.toReversed().map((entry, at) => (
            <li key={`${entry.at}-${at}`}>
              <Entry entry={entry} entries={timeline.data.items} isOfGroup={isOfGroup} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

interface EntryProps {
  entry: TimelineEntry;
  isOfGroup: boolean;
}

function Entry({ entry, entries, isOfGroup }: EntryProps & { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation();
  // The pages of user provisioning are there only while it is active.
  const isActive = useProvisioningState() === 'active';
  const receipt = receiptOf(entry);
  const changes = timelineChanges(entry.changes);
  const reason = (entry.reason as { text?: string } | null)?.text;
  const said = reasonSaid(entry);
  return (
    <>
      <Text size="sm" fw={600}>
        <EntryTitle entry={entry} isOfGroup={isOfGroup} />
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {t(`timeline.by.${entry.by}`)}
        {entry.actor && ` · ${entry.actor}`}
        {entry.token &&
          ` · ${t('timeline.token', { name: entry.token.name, lastFour: entry.token.lastFour })}`}{' '}
        · <Ago at={entry.at} />
        {entry.runId && isActive && (
          <>
            {' · '}
            <Anchor
              component={Link}
              to={`/user-provisioning/runs/${entry.runId}`}
              size="xs"
              underline="always"
            >
              {t('timeline.run')}
            </Anchor>
          </>
        )}
      </Text>
      {receipt && <ReceiptSteps receipt={receipt} at={entry.at} entries={entries} />}
      {reason && (
        <Text size="sm" mt={4}>
          {reason}
        </Text>
      )}
      {said !== null && (
        <Text size="sm" mt={4}>
          {t('adminAction.reason', { reason: said })}
        </Text>
      )}
      {entry.notes.length > 0 && <NoteList notes={entry.notes} />}
      {changes.length > 0 && (
        <FieldChanges
          changes={changes}
          isNew={entry.kind === 'create' || entry.kind === 'created'}
          nameOf={entry.by === 'identity_provider' ? (path) => attributeHeading(path, t) : undefined}
        />
      )}
    </>
  );
}

/** The reason that an admin gave for what they did. */
function reasonSaid({ kind, changes }: TimelineEntry): string | null {
  if (kind !== 'member.suspended' || Array.isArray(changes)) return null;
  const { reason } = changes as { reason?: unknown };
  return typeof reason === 'string' ? reason : null;
}

function EntryTitle({ entry, isOfGroup }: EntryProps) {
  const { t } = useTranslation();
  const { by, kind } = entry;
  const receipt = receiptOf(entry);
  if (receipt) return <ReceiptTitle receipt={receipt} />;
  // What an admin did has their name; without one, the guard did it, or a decision about what it held.
  const isOfGuard = entry.actor === null && (kind === 'member.suspended' || kind === 'member.reactivated');
  if (isOfGuard) return <>{t(`timeline.${kind}`)}</>;
  if (by === 'sync' && isOfGroup) {
    const known = groupKinds.find((each) => kind === each || kind.startsWith(`${each}_`));
    return <>{known ? t(`groupChanges.${known}`) : kind}</>;
  }
  if (by === 'sync') {
    const known = pendingKinds.find((each) => kind === each || kind.startsWith(`${each}_`));
    const state = changeStates.find((each) => kind.endsWith(`_${each}`));
    if (!known) return <>{kind}</>;
    return (
      <>{[t(doneKindText(known, state)), state && t(`change.state.${state}`)].filter(Boolean).join(' · ')}</>
    );
  }
  if (by === 'identity_provider') {
    const known = eventKinds.find((each) => each === kind);
    return <>{known ? t(`event.${known}`) : kind}</>;
  }
  const known = adminKinds.find((each) => each === kind);
  return <>{known ? t(`adminAction.${known}`) : kind}</>;
}
