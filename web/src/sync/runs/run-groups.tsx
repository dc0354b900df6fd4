import { Anchor, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { Link } from '../../parts/page/link.tsx';
import { loadedItems } from '../../api/paging.ts';
import { runGroupsQuery } from '../../api/queries/runs.ts';
import type { Run, RunGroupChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { groupTones } from '../preview/group-changes.tsx';

/** What a run did to groups; nothing when it did nothing to them. */
export function RunGroups({ run }: { run: Run }) {
  const { t } = useTranslation();
  const groups = useInfiniteQuery(runGroupsQuery(run.id));
  const items = loadedItems(groups);
  const { hash } = useLocation();
  const isThere = items.length > 0;
  useEffect(() => {
    if (isThere && hash === '#groups') document.getElementById('groups')?.scrollIntoView();
  }, [isThere, hash]);
  if (items.length === 0) return <ErrorNote error={groups.error} retry={() => void groups.refetch()} />;
  return (
    <Section flush title={t('groupChanges.done')} id="groups">
      <ul className="plain-list">
        {items.map((change) => (
          <li key={change.groupId} className="group-change">
            <StateBadge tone={groupTones[change.kind]}>{t(`groupChanges.${change.kind}`)}</StateBadge>
            <Group gap="0 0.6rem">
              <strong>
                {change.kind === 'delete' ? (
                  change.name
                ) : (
                  <Anchor component={Link} to={`/groups/${change.groupId}`} size="sm" fw="inherit">
                    {change.name}
                  </Anchor>
                )}
              </strong>
              {change.kind === 'rename' && change.nameBefore !== null && (
                <Text span size="sm" c="dimmed">
                  {t('groupChanges.before', { name: change.nameBefore })}
                </Text>
              )}
              <Text span size="sm">
                <Numbers change={change} />
              </Text>
              {change.state !== 'made' && (
                <StateBadge tone="gray">{t(`change.state.${change.state}`)}</StateBadge>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {groups.hasNextPage && (
        <Button
          variant="subtle"
          size="xs"
          loading={groups.isFetchingNextPage}
          onClick={() => void groups.fetchNextPage()}
        >
          {t('groupChanges.more')}
        </Button>
      )}
    </Section>
  );
}

function Numbers({ change: { joined, left } }: { change: RunGroupChange }) {
  const { t } = useTranslation();
  const texts = [
    ...(joined > 0 ? [t('groupChanges.joined', { count: joined })] : []),
    ...(left > 0 ? [t('groupChanges.left', { count: left })] : []),
  ];
  return <>{texts.join(', ')}</>;
}
