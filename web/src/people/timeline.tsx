import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { timelineQuery } from '../api/queries.ts';
import type { ChangeKind, FieldChange, TimelineEntry } from '../api/shapes.ts';
import { FieldChanges } from '../parts/field-changes.tsx';
import { Section } from '../parts/page.tsx';
import { ErrorNote, ListSkeleton } from '../parts/states.tsx';
import { Ago } from '../parts/time-text.tsx';
import { logPath } from '../provisioning/log-address.ts';

const syncKinds: readonly ChangeKind[] = [
  'create',
  'link',
  'update',
  'deactivate',
  'reactivate',
  'remove',
  'conflict',
  'held',
  'suppressed',
  'excluded',
];
const eventKinds = ['created', 'updated', 'deleted', 'replaced', 'deactivated', 'reactivated'] as const;
const adminKinds = ['member.created', 'member.updated', 'member.removed', 'members.imported'] as const;

/** What the identity provider sent, what each run did and what admins did, newest first. */
export function Timeline({ memberId, isProvisioned }: { memberId: string; isProvisioned: boolean }) {
  const { t } = useTranslation();
  const timeline = useQuery(timelineQuery(memberId));
  return (
    <Section
      title={t('timeline.title')}
      actions={
        isProvisioned && (
          <Anchor component={Link} to={logPath({ member: memberId })} size="sm">
            {t('log.ofMember')}
          </Anchor>
        )
      }
    >
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
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const changes = fieldChanges(entry.changes);
  const reason = (entry.reason as { text?: string } | null)?.text;
  return (
    <>
      <Text size="sm" fw={600}>
        <EntryTitle entry={entry} />
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {t(`timeline.by.${entry.by}`)}
        {entry.actor && ` · ${entry.actor}`} · <Ago at={entry.at} />
        {entry.runId && (
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
      {reason && (
        <Text size="sm" mt={4}>
          {reason}
        </Text>
      )}
      {changes.length > 0 && <FieldChanges changes={changes} isNew={entry.kind === 'create'} />}
    </>
  );
}

function EntryTitle({ entry: { by, kind } }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  if (by === 'sync') {
    const known = syncKinds.find((each) => kind === each || kind.startsWith(`${each}_`));
    return <>{known ? t(`kind.${known}`) : kind}</>;
  }
  if (by === 'identity_provider') {
    const known = eventKinds.find((each) => each === kind);
    return <>{known ? t(`event.${known}`) : kind}</>;
  }
  const known = adminKinds.find((each) => each === kind);
  return <>{known ? t(`deed.${known}`) : kind}</>;
}

/** The changes as fields before and after, where they have that shape. */
function fieldChanges(changes: unknown): FieldChange[] {
  if (!Array.isArray(changes)) return [];
  return (changes as Record<string, unknown>[]).flatMap((change) => {
    const field = change.field ?? change.path ?? change.attribute;
    if (typeof field !== 'string') return [];
    return [{ field, before: plain(change.before), after: plain(change.after) }];
  });
}

function plain(value: unknown): FieldChange['before'] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
