import { Button, Collapse, Group } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { loadedItems, logQuery } from '../api/queries.ts';
import type { LogEntry } from '../api/shapes.ts';
import { StateBadge } from '../parts/badges.tsx';
import { formatTime, formatUtc } from '../parts/format.ts';
import { Page, Section } from '../parts/page.tsx';
import { saveFile } from '../parts/save-file.ts';
import { EmptyState, ErrorNote, ListSkeleton } from '../parts/states.tsx';
import { VirtualRows } from '../parts/virtual-rows.tsx';
import { meaningOf } from './log-meaning.ts';

const outcomes = ['', 'success', 'error'] as const;
const refreshMs = 5_000;

/** What the identity provider asked and was told, newest first. */
export function LogPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const outcome = address.get('outcome') ?? '';
  const log = useInfiniteQuery({ ...logQuery({ outcome }), refetchInterval: refreshMs });
  const entries = loadedItems(log);
  return (
    <Page
      title={t('log.title')}
      intro={t('log.intro')}
      actions={
        <Button variant="default" disabled={entries.length === 0} onClick={() => download(entries)}>
          {t('log.export')}
        </Button>
      }
    >
      <Group gap="xs" role="group" aria-label={t('log.filter')}>
        {outcomes.map((each) => (
          <button
            key={each}
            type="button"
            className="filter-chip"
            aria-pressed={each === outcome}
            onClick={() => setAddress(each ? { outcome: each } : {}, { replace: true })}
          >
            {t(each === '' ? 'filter.all' : `log.outcome.${each}`)}
          </button>
        ))}
      </Group>
      <ErrorNote error={log.error} retry={() => void log.refetch()} />
      <Section flush>
        {log.isPending ? (
          <ListSkeleton />
        ) : entries.length === 0 ? (
          <EmptyState
            title={t(outcome ? 'log.noneOfKind' : 'log.emptyTitle')}
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
  const meaning = meaningOf(entry);
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
          {t(meaning)}
          <br />
          <code>
            {entry.method} {shortPath(entry.path)}
          </code>
        </span>
        <span className="cell wide-only one-line">{entry.userAgent ?? '–'}</span>
        <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
      </button>
      <Collapse expanded={open}>{open && <LogDetails entry={entry} />}</Collapse>
    </>
  );
}

function LogDetails({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation();
  const facts: [string, string | null | undefined][] = [
    [t('log.at'), formatUtc(entry.at)],
    [t('log.request'), `${entry.method} ${entry.path}`],
    [t('log.answer'), `${entry.status} · ${entry.durationMs} ms`],
    [t('log.error'), [entry.scimType, entry.detail].filter(Boolean).join(': ') || null],
    [t('log.resource'), entry.resourceId],
    [t('log.client'), entry.userAgent],
    [t('log.requestId'), entry.requestId],
  ];
  return (
    <dl className="facts" style={{ padding: '0.25rem 1rem 1rem' }}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ),
      )}
    </dl>
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

function download(entries: readonly LogEntry[]): void {
  saveFile('provisioning-log.json', 'application/json', JSON.stringify(entries, null, 2));
}
