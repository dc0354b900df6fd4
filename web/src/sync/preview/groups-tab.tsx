import { Button, Group, List, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import { movedPeopleQuery, previewGroupsQuery } from '../../api/queries/preview.ts';
import type { GroupChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { useSearch } from '../../parts/page/use-search.ts';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { formatNumber } from '../../parts/text/format.ts';
import { groupTones, LiftAllGroups, LiftGroup } from './group-changes.tsx';

/** What the next run does to groups, and who comes and goes. `onWho` shows the changes of the people of one. */
export function GroupsTab({
  suppressed,
  onWho,
}: {
  /** Of how many groups something was undone. */
  suppressed: number;
  onWho: (groupId: string) => void;
}) {
  const { t } = useTranslation();
  const { typed, search, type } = useSearch('group');
  const groups = useInfiniteQuery(previewGroupsQuery(search));
  const items = loadedItems(groups);
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('groupChanges.search')}
        placeholder={t('groupChanges.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <LiftAllGroups count={suppressed} />
      <ErrorNote error={groups.error} retry={() => void groups.refetch()} />
      {isAwaited(groups) ? (
        <ListSkeleton />
      ) : items.length === 0 ? (
        <Section>
          <EmptyState
            error={groups.error}
            title={t('groupChanges.none')}
            text={t(search === '' ? 'groupChanges.noneText' : 'groupChanges.noneFoundText')}
          />
        </Section>
      ) : (
        <Section flush>
          <VirtualRows
            items={items}
            total={groups.data?.pages[0]?.matching ?? null}
            label={t('preview.tab.groups')}
            keyOf={({ groupId, kind }) => `${groupId}-${kind}`}
            render={(change) => <GroupRow change={change} onWho={onWho} />}
            hasMore={groups.hasNextPage}
            isLoadingMore={groups.isFetchingNextPage}
            isStale={groups.isPlaceholderData}
            loadMore={() => void groups.fetchNextPage()}
          />
        </Section>
      )}
    </>
  );
}

interface GroupRowProps {
  change: GroupChange;
  onWho: (groupId: string) => void;
}

/** A group with the numbers of who comes and goes, which opens to their names. */
function GroupRow({ change, onWho }: GroupRowProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { groupId, kind, name, nameBefore, staying } = change;
  return (
    <>
      <div className="group-change">
        <StateBadge tone={groupTones[kind]}>{t(`groupChanges.${kind}`)}</StateBadge>
        <Group gap="0 0.6rem">
          <strong>{name}</strong>
          {kind === 'rename' && nameBefore !== null && (
            <Text span size="sm" c="dimmed">
              {t('groupChanges.before', { name: nameBefore })}
            </Text>
          )}
          <Moved change={change} open={open} onToggle={() => setOpen(!open)} />
          {staying ? (
            <Text span size="sm" c="dimmed">
              {t('groupChanges.staying', { count: staying })}
            </Text>
          ) : null}
        </Group>
        {kind === 'suppressed' && <LiftGroup change={change} />}
      </div>
      {open && <People groupId={groupId} onWho={onWho} />}
    </>
  );
}

/** "+3 −1", said in words, which opens to the names. */
function Moved({ change, open, onToggle }: { change: GroupChange; open: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const joining = change.joining ?? 0;
  const leaving = change.leaving ?? 0;
  if (joining + leaving === 0) return null;
  const numbers = t('groupChanges.counts', { joining, leaving });
  return (
    <button
      type="button"
      className="moved"
      aria-expanded={open}
      aria-label={t('groupChanges.who', { numbers, name: change.name })}
      title={numbers}
      onClick={onToggle}
    >
      {joining > 0 && <ins>+{formatNumber(joining)}</ins>}
      {leaving > 0 && <del>−{formatNumber(leaving)}</del>}
      <IconChevronDown size={14} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
    </button>
  );
}

function People({ groupId, onWho }: { groupId: string; onWho: (groupId: string) => void }) {
  const { t } = useTranslation();
  const people = useInfiniteQuery(movedPeopleQuery(groupId));
  const items = loadedItems(people);
  return (
    <div className="moved-people">
      <ErrorNote error={people.error} retry={() => void people.refetch()} />
      {people.isPending && <ListSkeleton />}
      {people.isSuccess && items.length === 0 && <Text size="sm">{t('groupChanges.nobody')}</Text>}
      <List size="sm" listStyleType="none">
        {items.map(({ directoryUserId, memberId, name, email, joins }) => (
          <List.Item key={directoryUserId ?? memberId}>
            <span aria-hidden>{joins ? '+' : '−'} </span>
            {name}
            {email !== null && email !== name && (
              <Text span size="sm" c="dimmed">
                {' '}
                {email}
              </Text>
            )}
            <span className="for-screen-readers">
              {' '}
              {t(joins ? 'groupChanges.joins' : 'groupChanges.leaves')}
            </span>
          </List.Item>
        ))}
      </List>
      <Group gap="xs">
        {people.hasNextPage && (
          <Button
            size="xs"
            variant="subtle"
            loading={people.isFetchingNextPage}
            onClick={() => void people.fetchNextPage()}
          >
            {t('groupChanges.morePeople')}
          </Button>
        )}
        {items.length > 0 && (
          <Button size="xs" variant="subtle" onClick={() => onWho(groupId)}>
            {t('groupChanges.inList')}
          </Button>
        )}
      </Group>
    </div>
  );
}
