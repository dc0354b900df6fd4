import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import { groupsQuery } from '../../api/queries/groups.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import type { MemberGroup } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { ColumnLabel } from '../../parts/lists/column-label.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { Moment } from '../../parts/text/time-text.tsx';
import { noGroupsWords } from './groups-words.ts';
import { type RoleOfGroup, useRoleOfGroup } from './role-of-group.ts';

const typingPauseMs = 250;

/** The groups of the workspace. */
export function GroupsPage() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const groups = useInfiniteQuery(groupsQuery({ search }));
  const items = loadedItems(groups);
  const roleOf = useRoleOfGroup();
  const render = useCallback((group: MemberGroup) => <GroupRow group={group} roleOf={roleOf} />, [roleOf]);
  const empty = noGroupsWords(search !== '', useQuery(overviewQuery).data);
  return (
    <Page title={t('nav.groups')} intro={t('groups.intro')}>
      <TextInput
        type="search"
        label={t('search.groups')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maw="28rem"
      />
      <ErrorNote error={groups.error} retry={() => void groups.refetch()} />
      <Section flush>
        {isAwaited(groups) ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState title={inWords(empty.title, t)} text={inWords(empty.text, t)} error={groups.error} />
        ) : (
          <VirtualRows
            items={items}
            label={t('nav.groups')}
            counted={{ what: 'groups', isNarrowed: search !== '' }}
            head={<GroupsHead hasRoles={roleOf !== null} />}
            keyOf={(group) => group.id}
            render={render}
            hasMore={groups.hasNextPage}
            isLoadingMore={groups.isFetchingNextPage}
            isStale={groups.isPlaceholderData}
            loadMore={() => void groups.fetchNextPage()}
          />
        )}
      </Section>
    </Page>
  );
}

/** The names of the columns; that of roles where a rule gives one. */
function GroupsHead({ hasRoles }: { hasRoles: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="row-cells row-head groups" aria-hidden>
      <span>{t('members.name')}</span>
      <span>{t('nav.members')}</span>
      <span>{hasRoles && t('groups.role')}</span>
      <span>{t('groups.created')}</span>
    </div>
  );
}

function GroupRow({ group, roleOf }: { group: MemberGroup; roleOf: RoleOfGroup | null }) {
  const { t } = useTranslation();
  const role = roleOf?.(group) ?? null;
  return (
    <Link to={`/groups/${group.id}`} className="row-cells groups">
      <strong className="cell">{group.name}</strong>
      <Text span size="sm">
        {t('groups.members', { count: group.memberCount })}
      </Text>
      <span className="wide-only">
        {role !== null && (
          <>
            <ColumnLabel>{t('groups.role')}</ColumnLabel>
            <StateBadge tone="blue">{role}</StateBadge>
          </>
        )}
      </span>
      <Text span size="sm" c="dimmed" className="wide-only">
        <ColumnLabel>{t('groups.created')}</ColumnLabel>
        <Moment at={group.createdAt} />
      </Text>
    </Link>
  );
}
