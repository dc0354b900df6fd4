import { Collapse, Group } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { loadedItems, logQuery } from '../api/queries.ts';
import type { LogEntry } from '../api/shapes.ts';
import { StateBadge } from '../parts/badges.tsx';
import { formatTime } from '../parts/format.ts';
import { Page, Section } from '../parts/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../parts/states.tsx';
import { VirtualRows } from '../parts/virtual-rows.tsx';
import { LogExport } from './log-export.tsx';
import { sentenceOf } from './log-meaning.ts';
import { LoggedRequest } from './logged-request.tsx';

const outcomes = ['', 'success', 'error'] as const;
const kinds = ['', 'change', 'read'] as const;
const refreshMs = 5_000;

/** What the identity provider asked and was told, newest first. */
export function LogPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const outcome = address.get('outcome') ?? '';
  const kind = address.get('kind') ?? '';
  const filter = { outcome, kind };
  const log = useInfiniteQuery({ ...logQuery(filter), refetchInterval: refreshMs });
  const entries = loadedItems(log);
  return (
    <Page
      title={t('log.title')}
      intro={t('log.intro')}
      actions={<LogExport filter={filter} disabled={entries.length === 0} />}
    >
      <Group gap="lg">
        <FilterChips
          label={t('log.filterKind')}
          values={kinds}
          chosen={kind}
          nameOf={(each) => t(each === '' ? 'log.kind.all' : `log.kind.${each}`)}
          choose={(each) => setAddress(addressOf({ ...filter, kind: each }), { replace: true })}
        />
        <FilterChips
          label={t('log.filter')}
          values={outcomes}
          chosen={outcome}
          nameOf={(each) => t(each === '' ? 'filter.all' : `log.outcome.${each}`)}
          choose={(each) => setAddress(addressOf({ ...filter, outcome: each }), { replace: true })}
        />
      </Group>
      <ErrorNote error={log.error} retry={() => void log.refetch()} />
      <Section flush>
        {log.isPending ? (
          <ListSkeleton />
        ) : entries.length === 0 ? (
          <EmptyState
            title={t(outcome || kind ? 'log.noneOfKind' : 'log.emptyTitle')}
            text={t(outcome === 'error' ? 'log.noErrors' : 'log.emptyText')}
          />
        ) : (
          <VirtualRows
            items={entries}
            label={t('log.title')}
            head={<LogHead />}
            keyOf={(entry) => entry.id}
            render={(entry) => <LogRow entry={entry} />}
            hasMore={log.hasNextPage}
            isLoadingMore={log.isFetchingNextPage}
            loadMore={() => void log.fetchNextPage()}
          />
        )}
      </Section>
    </Page>
  );
}

interface FilterChipsProps<Value extends string> {
  label: string;
  values: readonly Value[];
  chosen: string;
  nameOf: (value: Value) => string;
  choose: (value: Value) => void;
}

/** Choices of which one holds. */
function FilterChips<Value extends string>({
  label,
  values,
  chosen,
  nameOf,
  choose,
}: FilterChipsProps<Value>) {
  return (
    <Group gap="xs" role="group" aria-label={label}>
      {values.map((each) => (
        <button
          key={each}
          type="button"
          className="filter-chip"
          aria-pressed={each === chosen}
          onClick={() => choose(each)}
        >
          {nameOf(each)}
        </button>
      ))}
    </Group>
  );
}

/** The part of the address that says what is shown; what is not filtered is left out. */
function addressOf(filter: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

function LogHead() {
  const { t } = useTranslation();
  return (
    <div className="row-cells row-head log" aria-hidden>
      <span>{t('log.at')}</span>
      <span>{t('log.answer')}</span>
      <span>{t('log.what')}</span>
      <span>{t('log.client')}</span>
    </div>
  );
}

function LogRow({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="row-cells log"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        style={{ border: 0, background: 'none', font: 'inherit', fontSize: '0.875rem' }}
      >
        <span className="cell wide-only one-line">{formatTime(entry.at)}</span>
        <span className="wide-only">
          <StateBadge tone={entry.outcome === 'error' ? 'red' : 'green'}>{String(entry.status)}</StateBadge>
        </span>
        <span className="cell">
          {sentenceOf(entry, t)}
          <br />
          <code>
            {entry.method} {shortPath(entry.path)}
          </code>
        </span>
        <span className="cell wide-only one-line">{entry.userAgent ?? '–'}</span>
        <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
      </button>
      <Collapse expanded={open}>{open && <LoggedRequest entry={entry} />}</Collapse>
    </>
  );
}

/** A path for one line: ids shortened, the whole of it stands in the details. */
function shortPath(path: string): string {
  return decodeSafely(path).replace(/([0-9a-f]{8})-[0-9a-f-]{27}/g, '$1…');
}

function decodeSafely(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}
