import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from '../../parts/page/use-search-params.ts';
import { isAwaited, loadedItems } from '../../api/paging.ts';
import { auditQuery } from '../../api/queries/audit.ts';
import type { AuditEntry } from '../../api/shapes.ts';
import { daysMs } from '../../duration.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { VirtualRows } from '../../parts/page/virtual-rows.tsx';
import { AuditExport } from './audit-export.tsx';
import { auditActions } from './audit-actions.ts';
import { AuditHead, AuditRow } from './audit-row.tsx';

const periodsDays = { '7d': 7, '30d': 30, '90d': 90 } as const;
const periods = ['', '7d', '30d', '90d'] as const;
const actorKinds = ['admin', 'operator', 'product', 'system'] as const;
const names = ['period', 'actor', 'action'] as const;
type Narrowed = Record<(typeof names)[number], string>;

/** Who did what here, newest first: the filters stand in the address. */
export function AuditPage() {
  const { t } = useTranslation();
  const { narrowed, narrow, widen } = useAuditAddress();
  const { period, actor, action } = narrowed;
  const from = useMemo(() => beginOf(period), [period]);
  const filter = { actor, action, from, to: '' };
  const log = useInfiniteQuery(auditQuery(filter));
  const entries = loadedItems(log);
  const render = useCallback(
    (entry: AuditEntry) => <AuditRow entry={entry} onActor={(chosen) => narrow({ actor: chosen })} />,
    [narrow],
  );
  const isNarrowed = names.some((name) => narrowed[name] !== '');
  const showAll = isNarrowed && (
    <Button variant="default" onClick={widen}>
      {t('log.clearFilters')}
    </Button>
  );
  return (
    <Page
      title={t('nav.audit')}
      intro={t('audit.intro')}
      actions={<AuditExport filter={filter} disabled={entries.length === 0} />}
    >
      <AuditFilters narrowed={narrowed} narrow={narrow} />
      <ErrorNote error={log.error} retry={() => void log.refetch()} />
      <Section flush>
        {isAwaited(log) ? (
          <ListSkeleton />
        ) : entries.length === 0 ? (
          <EmptyState title={t('audit.none')} text={t('audit.noneText')} action={showAll} error={log.error} />
        ) : (
          <VirtualRows
            items={entries}
            label={t('nav.audit')}
            head={<AuditHead />}
            keyOf={(entry) => entry.id}
            render={render}
            hasMore={log.hasNextPage}
            isLoadingMore={log.isFetchingNextPage}
            isStale={log.isPlaceholderData}
            loadMore={() => void log.fetchNextPage()}
          />
        )}
      </Section>
    </Page>
  );
}

/** The filters, which stand in the address. */
function useAuditAddress() {
  const [address, setAddress] = useSearchParams();
  const of = (name: keyof Narrowed) => address.get(name) ?? '';
  const narrowed: Narrowed = { period: of('period'), actor: of('actor'), action: of('action') };
  const narrow = useCallback(
    (change: Partial<Narrowed>) =>
      setAddress((before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(change)) {
          if (value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      }),
    [setAddress],
  );
  return { narrowed, narrow, widen: () => setAddress('') };
}

function AuditFilters({
  narrowed,
  narrow,
}: {
  narrowed: Narrowed;
  narrow: (change: Partial<Narrowed>) => void;
}) {
  const { t } = useTranslation();
  const { period, actor, action } = narrowed;
  const isSomebody = actor !== '' && !actorKinds.some((kind) => kind === actor);
  return (
    <div className="log-filters">
      <NativeSelect
        label={t('audit.action')}
        value={action}
        onChange={(event) => narrow({ action: event.currentTarget.value })}
        data={[{ value: '', label: t('audit.anyAction') }, ...actionChoices(t)]}
      />
      <NativeSelect
        label={t('audit.who')}
        value={actor}
        onChange={(event) => narrow({ actor: event.currentTarget.value })}
        data={[
          { value: '', label: t('audit.anybody') },
          ...actorKinds.map((kind) => ({ value: kind, label: t(`audit.actor.${kind}`) })),
          ...(isSomebody ? [{ value: actor, label: actor }] : []),
        ]}
      />
      <NativeSelect
        label={t('log.period')}
        value={period}
        onChange={(event) => narrow({ period: event.currentTarget.value })}
        data={periods.map((each) => ({ value: each, label: t(`audit.period.${each || 'any'}`) }))}
      />
    </div>
  );
}

function actionChoices(t: Translate) {
  return auditActions
    .map((action) => ({ value: action, label: t(`audit.name.${action}`) }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** When a period that ends now began; '' for everything. */
function beginOf(period: string): string {
  const days = periodsDays[period as keyof typeof periodsDays] as number | undefined;
  return days === undefined ? '' : new Date(Date.now() - daysMs(days)).toISOString();
}
