import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { loadedItems } from '../../api/paging.ts';
import { groupMembersQuery, groupQuery, groupTimelineQuery } from '../../api/queries/groups.ts';
import { useTranslation } from '../../i18n.ts';
import { Link } from '../../parts/page/link.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { TimelineSection } from '../timeline/timeline.tsx';
import { MembersList } from '../members/members-list.tsx';

/** The members of a group, and what has happened to it. */
export function GroupPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const group = useQuery(groupQuery(id)).data;
  const members = useInfiniteQuery(groupMembersQuery(id));
  const timeline = useQuery(groupTimelineQuery(id));
  const items = loadedItems(members);
  return (
    <Page
      title={group?.name ?? t('nav.groups')}
      parent={{ title: t('nav.groups'), to: '/groups' }}
      actions={
        items.length > 0 && (
          <Button component={Link} to={`/members?group=${id}`} variant="default">
            {t('groups.searchMembers')}
          </Button>
        )
      }
    >
      <ErrorNote error={members.error} retry={() => void members.refetch()} />
      <Section flush>
        {members.isPending ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState title={t('groups.noMembers')} text={t('groups.noMembersText')} error={members.error} />
        ) : (
          <MembersList
            members={items}
            label={t('nav.members')}
            counted={{ what: 'members', total: group?.memberCount, isNarrowed: false }}
            hasMore={members.hasNextPage}
            isLoadingMore={members.isFetchingNextPage}
            loadMore={() => void members.fetchNextPage()}
          />
        )}
      </Section>
      <TimelineSection timeline={timeline} isOfGroup />
    </Page>
  );
}
