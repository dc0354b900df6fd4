import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { loadedItems, membersQuery } from '../api/queries.ts';
import { Page, Section } from '../parts/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../parts/states.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { MembersList } from './members-list.tsx';

const typingPauseMs = 250;
const statuses = ['', 'active', 'deactivated', 'removed'] as const;
const sources = ['', 'provisioning', 'import', 'manual'] as const;

/** Everyone in the workspace: search, filter, add, import, export. */
export function MembersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const status = address.get('status') ?? '';
  const source = address.get('source') ?? '';
  const [typed, setTyped] = useState(address.get('search') ?? '');
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs);
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const members = useInfiniteQuery(membersQuery({ search, status, source }));
  const items = loadedItems(members);
  const filter = (name: string, value: string) => {
    const next = new URLSearchParams(address);
    if (value) next.set(name, value);
    else next.delete(name);
    setAddress(next, { replace: true });
  };
  const filtered = search !== '' || status !== '' || source !== '';
  return (
    <Page
      title={t('nav.members')}
      intro={t('members.intro')}
      actions={
        <>
          <Button component="a" href="/api/members/export" download="members.csv" variant="default">
            {t('members.export')}
          </Button>
          <Button variant="default" onClick={() => setImporting(true)}>
            {t('members.import')}
          </Button>
          <Button onClick={() => setAdding(true)}>{t('members.add')}</Button>
        </>
      }
    >
      <Group gap="sm" align="flex-end">
        <TextInput
          type="search"
          label={t('search.members')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          flex="1 1 14rem"
        />
        <NativeSelect
          label={t('field.status')}
          value={status}
          onChange={(event) => filter('status', event.currentTarget.value)}
          data={statuses.map((each) => ({
            value: each,
            label: each === '' ? t('members.present') : t(`member.status.${each}`),
          }))}
        />
        <NativeSelect
          label={t('members.source')}
          value={source}
          onChange={(event) => filter('source', event.currentTarget.value)}
          data={sources.map((each) => ({
            value: each,
            label: each === '' ? t('filter.all') : t(`member.source.${each}`),
          }))}
        />
      </Group>
      <ErrorNote error={members.error} retry={() => void members.refetch()} />
      <Section flush>
        {members.isPending ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState
            title={t(filtered ? 'members.noneFound' : 'members.emptyTitle')}
            text={t(filtered ? 'members.noneFoundText' : 'members.emptyText')}
          />
        ) : (
          <MembersList
            members={items}
            label={t('nav.members')}
            hasMore={members.hasNextPage}
            isLoadingMore={members.isFetchingNextPage}
            loadMore={() => void members.fetchNextPage()}
          />
        )}
      </Section>
      <MemberDialog
        opened={adding}
        member={null}
        onClose={() => setAdding(false)}
        onSaved={(member) => void navigate(`/members/${member.id}`)}
      />
      <ImportDialog opened={importing} onClose={() => setImporting(false)} />
    </Page>
  );
}
