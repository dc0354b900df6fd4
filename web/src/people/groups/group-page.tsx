import { Button, Tabs } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { loadedItems } from '../../api/paging.ts';
import { groupMembersQuery, groupQuery, groupTimelineQuery } from '../../api/queries/groups.ts';
import { useTranslation } from '../../i18n.ts';
import { Link } from '../../parts/page/link.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { useSearchParams } from '../../parts/page/use-search-params.ts';
import { formatNumber } from '../../parts/text/format.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { TimelineSection } from '../timeline/timeline.tsx';
import { MembersList } from '../members/members-list.tsx';
import { useProvisioningState } from '../members/use-provisioning-state.ts';
import { nobodyInGroupWords } from './groups-words.ts';

/** The members of a group in one tab, and what has happened to it in the other. */
export function GroupPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const group = useQuery(groupQuery(id)).data;
  return (
    <Page
      title={group?.name ?? t('nav.groups')}
      parent={{ title: t('nav.groups'), to: '/groups' }}
      actions={
        group !== undefined &&
        group.memberCount > 0 && (
          <Button component={Link} to={`/members?group=${id}`} variant="default">
            {t('groups.searchMembers')}
          </Button>
        )
      }
    >
      <Tabs
        value={params.get('tab') === 'timeline' ? 'timeline' : 'members'}
        onChange={(tab) => setParams(tab === 'timeline' ? { tab } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="members">
            {t('nav.members')} {group && `(${formatNumber(group.memberCount)})`}
          </Tabs.Tab>
          <Tabs.Tab value="timeline">{t('timeline.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members" className="tab-panel">
          <GroupMembers id={id} total={group?.memberCount} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" className="tab-panel">
          <GroupTimeline id={id} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function GroupMembers({ id, total }: { id: string; total: number | undefined }) {
  const { t } = useTranslation();
  const state = useProvisioningState();
  const members = useInfiniteQuery(groupMembersQuery(id));
  const items = loadedItems(members);
  return (
    <>
      <ErrorNote error={members.error} retry={() => void members.refetch()} />
      <Section flush>
        {members.isPending ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState
            title={t('groups.noMembers')}
            text={inWords(nobodyInGroupWords(state), t)}
            error={members.error}
          />
        ) : (
          <MembersList
            members={items}
            label={t('nav.members')}
            counted={{ what: 'members', total, isNarrowed: false }}
            hasMore={members.hasNextPage}
            isLoadingMore={members.isFetchingNextPage}
            loadMore={() => void members.fetchNextPage()}
          />
        )}
      </Section>
    </>
  );
}

function GroupTimeline({ id }: { id: string }) {
  return <TimelineSection timeline={useQuery(groupTimelineQuery(id))} isOfGroup />;
}
