import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
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
import { inWords } from '../../parts/text/sentence.ts';
import { noGroupsWords } from './groups-words.ts';

const typingPauseMs = 250;

/** The groups of the workspace. */
export function GroupsPage() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const groups = useInfiniteQuery(groupsQuery({ search }));
  const items = loadedItems(groups);
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
          <EmptyState title={inWords(empty.title, t)} text={inWords(empty.text, t)} />
        ) : (
          <VirtualRows
            items={items}
            label={t('nav.groups')}
            counted={{ what: 'groups', isNarrowed: search !== '' }}
            keyOf={(group) => group.id}
            render={(group) => <GroupRow group={group} />}
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

function GroupRow({ group }: { group: MemberGroup }) {
  const { t } = useTranslation();
  return (
    <Link to={`/groups/${group.id}`} className="row-cells groups">
      <strong className="cell">{group.name}</strong>
      <Text span size="sm">
        {t('groups.members', { count: group.memberCount })}
      </Text>
      <span className="wide-only">
        {group.provisioned && <StateBadge tone="blue">{t('groups.provisioned')}</StateBadge>}
      </span>
    </Link>
  );
}
