import { Tabs } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { previewQuery } from '../../api/queries/preview.ts';
import type { Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { BulkBar } from '../../parts/bulk/bulk-bar.tsx';
import { useSelection } from '../../parts/lists/use-selection.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { formatNumber } from '../../parts/text/format.ts';
import type { Chosen } from '../chosen/people-choice.ts';
import type { HeldDecision } from '../held/guard-words.ts';
import { GroupsTab } from './groups-tab.tsx';
import { actionsFor, chosenKinds, isCarriedOut, type PreviewAction } from './preview-acts.ts';
import { PreviewActsContext, useOfferedActs } from './preview-acts-context.ts';
import { Narrowed, PreviewFilters } from './preview-filters.tsx';
import { OnlyThese } from './only-these.tsx';
import { PreviewList } from './preview-list.tsx';
import { groupsNamedMax } from './preview-words.ts';
import { usePreviewBulk } from './use-preview-bulk.tsx';
import type { UsedPreviewFilter } from './use-preview-filter.ts';

/** The people of the preview as the page shows them, who is chosen, and what can be done about them. */
export function usePreviewPeople(overview: Overview, filter: UsedPreviewFilter) {
  const { matching, query } = filter;
  const preview = useInfiniteQuery(previewQuery(query));
  const selection = useSelection(JSON.stringify(matching));
  const bulk = usePreviewBulk(selection.clear);
  const kinds = chosenKinds(selection, matching, overview.pending);
  const { groupId: _groupId, kind: _kind, ...narrowing } = matching;
  return {
    preview,
    firstPage: preview.data?.pages[0],
    selection,
    bulk,
    kinds,
    act: (action: PreviewAction) =>
      bulk.ask(
        action,
        selection.isAll ? { matching } : { directoryUserIds: [...selection.chosen.keys()] },
        kinds,
      ),
    liftAll: () => bulk.ask('lift', { matching: { ...matching, kind: 'suppressed' } }, ['suppressed']),
    /** Decides about those of the held people that the search shows. */
    decideHeld: (decision: HeldDecision) =>
      bulk.ask(decision, { matching: { ...narrowing, kind: 'held' } }, ['held']),
  };
}

interface PreviewTabsProps {
  filter: UsedPreviewFilter;
  people: ReturnType<typeof usePreviewPeople>;
  overview: Overview;
  /** Asks before those who are chosen are synchronized alone; null while nothing can be started. */
  onOnlyThese: ((chosen: Chosen) => void) | null;
}

/** What would change: people in one tab, groups in the other. */
export function PreviewTabs({ filter, people, overview, onOnlyThese }: PreviewTabsProps) {
  const { t } = useTranslation();
  const groups = people.firstPage?.groups.length ?? 0;
  return (
    <Tabs
      value={filter.tab}
      onChange={(value) => filter.setTab(value === 'groups' ? 'groups' : 'people')}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="people">{t('preview.tab.people')}</Tabs.Tab>
        <Tabs.Tab value="groups">
          {t('preview.tab.groups')}{' '}
          {groups > 0 && `(${formatNumber(groups)}${groups === groupsNamedMax ? '+' : ''})`}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="people" className="tab-panel">
        <PeopleTab filter={filter} people={people} overview={overview} onOnlyThese={onOnlyThese} />
      </Tabs.Panel>
      <Tabs.Panel value="groups" className="tab-panel">
        <GroupsTab suppressed={overview.pendingGroups.suppressed} onWho={filter.setGroup} />
      </Tabs.Panel>
    </Tabs>
  );
}

function PeopleTab({ filter, people, overview, onOnlyThese }: PreviewTabsProps) {
  const { t } = useTranslation();
  const { preview, firstPage, selection, bulk, kinds, act } = people;
  const list = useRef<HTMLDivElement>(null);
  const acts = useOfferedActs(bulk.ask, list);
  return (
    <PreviewActsContext value={acts}>
      <PreviewFilters overview={overview} filter={filter} />
      <ErrorNote error={preview.error} retry={() => void preview.refetch()} />
      {bulk.outcome}
      <Narrowed
        filter={filter}
        lastRun={firstPage?.lastRun ?? null}
        groupName={firstPage?.groups.find((group) => group.groupId === filter.groupId)?.name ?? '…'}
        overview={overview}
        onLift={people.liftAll}
      />
      <div ref={list} tabIndex={-1} role="group" aria-label={t('preview.label')} className="focus-target">
        <PreviewList
          preview={preview}
          filtered={filter.isFiltered}
          overview={overview}
          selection={selection}
          sorting={filter.sorting}
          onSort={filter.setSorting}
        />
      </div>
      <BulkBar
        act="POST /api/sync-preview/bulk"
        selection={selection}
        matching={firstPage?.matching ?? null}
        isWhole={!preview.hasNextPage}
        actions={actionsFor(kinds, overview.removalGuard.held)}
        onAct={(action) => act(action as PreviewAction)}
        more={
          onOnlyThese !== null &&
          isCarriedOut(kinds) && (
            <OnlyThese
              selection={selection}
              matching={firstPage?.matching ?? null}
              filter={filter.matching}
              onAsk={onOnlyThese}
            />
          )
        }
      />
      {bulk.dialog}
    </PreviewActsContext>
  );
}
