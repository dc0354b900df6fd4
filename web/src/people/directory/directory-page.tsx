import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSearchParams } from '../../parts/page/use-search-params.ts';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import { directoryQuery } from '../../api/queries/directory.ts';
import { overviewQuery } from '../../api/queries/overview.ts';
import { type DirectoryUser, directoryStates } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { useSearch } from '../../parts/page/use-search.ts';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { DirectoryHead, DirectoryRow } from './directory-row.tsx';

/** Everybody the identity provider sent: how they stand, and why. */
export function DirectoryPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const { typed, search, type } = useSearch();
  const state = directoryStates.find((each) => each === address.get('state')) ?? '';
  const narrow = (to: string) => {
    const next = new URLSearchParams(address);
    if (to === '') next.delete('state');
    else next.set('state', to);
    setAddress(next, { replace: true });
  };
  return (
    <Page title={t('nav.directory')} intro={t('directory.intro')}>
      <Group gap="sm" align="flex-end">
        <TextInput
          type="search"
          label={t('directory.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          flex="1 1 16rem"
        />
        <NativeSelect
          label={t('directory.state')}
          value={state}
          onChange={(event) => narrow(event.currentTarget.value)}
          data={[
            { value: '', label: t('directory.anyState') },
            ...directoryStates.map((each) => ({ value: each, label: t(`directory.state.${each}`) })),
          ]}
        />
      </Group>
      <FoundPeople
        search={search}
        state={state}
        widen={() => {
          type('');
          narrow('');
        }}
      />
    </Page>
  );
}

function FoundPeople({ search, state, widen }: { search: string; state: string; widen: () => void }) {
  const { t } = useTranslation();
  const people = useInfiniteQuery(directoryQuery({ search, state }));
  const { fetchNextPage } = people;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const render = useCallback((person: DirectoryUser) => <DirectoryRow person={person} />, []);
  const items = loadedItems(people);
  const total = useQuery(overviewQuery).data?.directory.users;
  const isNarrowed = search !== '' || state !== '';
  return (
    <>
      <ErrorNote error={people.error} retry={() => void people.refetch()} />
      <Section flush>
        {isAwaited(people) ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState
            error={people.error}
            title={t(isNarrowed ? 'directory.noneFound' : 'directory.emptyTitle')}
            text={t(isNarrowed ? 'directory.noneFoundText' : 'directory.emptyText')}
            action={
              isNarrowed && (
                <Button variant="default" onClick={widen}>
                  {t('directory.showAll')}
                </Button>
              )
            }
          />
        ) : (
          <VirtualRows
            items={items}
            label={t('nav.directory')}
            counted={{ what: 'people', total, isNarrowed }}
            head={<DirectoryHead />}
            keyOf={idOf}
            render={render}
            hasMore={people.hasNextPage}
            isLoadingMore={people.isFetchingNextPage}
            isStale={people.isPlaceholderData}
            loadMore={loadMore}
          />
        )}
      </Section>
    </>
  );
}

const idOf = ({ directoryUserId }: DirectoryUser) => directoryUserId;
