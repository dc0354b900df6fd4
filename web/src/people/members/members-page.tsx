import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { useSearchParams } from '../../parts/page/use-search-params.ts';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import { membersQuery } from '../../api/queries/members.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { publicPath } from '../../page-facts.ts';
import { useDownload } from '../../parts/files/download.ts';
import { csvSeparatorName } from '../../parts/files/csv.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { useSearch } from '../../parts/page/use-search.ts';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { MemberImportDialog } from './member-import.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { memberOrders, MembersFilters, type MembersFilter } from './members-filters.tsx';
import { MembersList } from './members-list.tsx';
import { noMembersWords } from './member-words.ts';
import { useMembersBulk } from './use-members-bulk.tsx';
import { useProvisioningState } from './use-provisioning-state.ts';

/** Everyone in the workspace: search, filter, order, add, import, export. */
export function MembersPage() {
  const { t, language } = useTranslation();
  const download = useDownload();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const of = (name: keyof MembersFilter) => address.get(name) ?? '';
  const order = memberOrders.find((each) => each === of('order'));
  const filter: MembersFilter = {
    status: of('status'),
    source: of('source'),
    group: of('group'),
    manager: of('manager'),
    order: order ?? '',
  };
  const { typed, search, type } = useSearch();
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const setFilter = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    if (value) next.set(name, value);
    else next.delete(name);
    setAddress(next, { replace: true });
  };
  return (
    <Page
      title={t('nav.members')}
      intro={t('members.intro')}
      actions={
        <>
          <Button
            component="a"
            {...download(exportAddress(queryOf(search, filter), language), 'members.csv')}
            variant="default"
          >
            {t('members.export')}
          </Button>
          <ActButton act="POST /api/members/import" variant="default" onClick={() => setImporting(true)}>
            {t('members.import')}
          </ActButton>
          <ActButton act="POST /api/members" onClick={() => setAdding(true)}>
            {t('members.add')}
          </ActButton>
        </>
      }
    >
      <MembersFilters typed={typed} onType={type} filter={filter} onFilter={setFilter} />
      <FoundMembers search={search} filter={filter} />
      <MemberDialog
        opened={adding}
        member={null}
        onClose={() => setAdding(false)}
        onSaved={(member) => void navigate(`/members/${member.id}`)}
      />
      <MemberImportDialog opened={importing} onClose={() => setImporting(false)} />
    </Page>
  );
}

/** Search, filter and order as the service takes them. */
function queryOf(search: string, filter: MembersFilter) {
  const [sort, order] = filter.order.split('.');
  return {
    search,
    ...(filter.status === 'held'
      ? { held: 'true' }
      : filter.status === 'suspended'
        ? { suspended: 'true' }
        : { status: filter.status }),
    source: filter.source,
    groupId: filter.group,
    managerId: filter.manager,
    sort,
    order,
  };
}

/** Where the members are who are shown now, as a file. */
function exportAddress(query: ReturnType<typeof queryOf>, language: string): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `${publicPath}/api/members/export?${new URLSearchParams([...given, ['separator', csvSeparatorName(language)]])}`;
}

/** On its own, so that a page of people that arrives draws the list alone, not the filters and the head. */
function FoundMembers({ search, filter }: { search: string; filter: MembersFilter }) {
  const { t } = useTranslation();
  const query = queryOf(search, filter);
  const members = useInfiniteQuery(membersQuery({ ...query, total: 'true' }));
  const { fetchNextPage } = members;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const items = loadedItems(members);
  const { order: _order, ...narrowing } = filter;
  const filtered = search !== '' || Object.values(narrowing).some((value) => value !== '');
  const total = members.data?.pages[0]?.total ?? null;
  const empty = noMembersWords(filtered, useProvisioningState());
  const { selection, bar, outcome, dialog } = useMembersBulk(query, total, !members.hasNextPage);
  return (
    <>
      <ErrorNote error={members.error} retry={() => void members.refetch()} />
      {outcome}
      <Text size="sm" c="dimmed" role="status" className="found">
        {filtered && total !== null && t('list.found', { count: total })}
      </Text>
      <Section flush>
        {isAwaited(members) ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState error={members.error} title={inWords(empty.title, t)} text={inWords(empty.text, t)} />
        ) : (
          <MembersList
            members={items}
            label={t('nav.members')}
            {...(!filtered && { counted: { what: 'members', isNarrowed: false } })}
            total={total}
            selection={selection}
            hasMore={members.hasNextPage}
            isLoadingMore={members.isFetchingNextPage}
            isStale={members.isPlaceholderData}
            loadMore={loadMore}
          />
        )}
      </Section>
      {bar}
      {dialog}
    </>
  );
}
