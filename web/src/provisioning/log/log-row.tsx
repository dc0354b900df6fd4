import { Collapse } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { LogEntry } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ColumnLabel } from '../../parts/lists/column-label.tsx';
import { useRowOpen } from '../../parts/lists/row-open.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { formatSecond, formatUtc } from '../../parts/text/format.ts';
import { sentenceOf } from './log-meaning.ts';
import { LoggedRequest } from './logged-request.tsx';

/** The names of the columns. Many identity providers do not say who they are: then there is no column for it. */
export function LogHead({ withClient }: { withClient: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={`row-cells row-head ${classOf(withClient)}`} aria-hidden>
      <span>{t('log.at')}</span>
      <span>{t('log.answer')}</span>
      <span>{t('log.what')}</span>
      {withClient && <span>{t('log.client')}</span>}
    </div>
  );
}

/** One request, which opens on a press. */
export function LogRow({ entry, withClient }: { entry: LogEntry; withClient: boolean }) {
  const { t } = useTranslation();
  const [open, toggle] = useRowOpen();
  return (
    <>
      <button
        type="button"
        className={`row-cells ${classOf(withClient)}`}
        aria-expanded={open}
        onClick={toggle}
      >
        <time className="cell one-line log-at" dateTime={entry.at} title={formatUtc(entry.at)}>
          {formatSecond(entry.at)}
        </time>
        <span className="log-answer">
          <ColumnLabel>{t('log.answer')}</ColumnLabel>
          <StateBadge tone={entry.outcome === 'error' ? 'red' : 'green'}>{String(entry.status)}</StateBadge>
        </span>
        <span className="cell log-what">
          <ColumnLabel>{t('log.what')}</ColumnLabel>
          {sentenceOf(entry, t)}
          {entry.notes.length > 0 && ` · ${t('log.notesCount', { count: entry.notes.length })}`}
          <br />
          <code>
            {entry.method} {shortPath(entry.path)}
          </code>
        </span>
        {withClient && <span className="cell wide-only log-client">{entry.userAgent || '–'}</span>}
        <IconChevronDown className="log-open" size={16} aria-hidden />
      </button>
      <Collapse expanded={open}>{open && <LoggedRequest entry={entry} />}</Collapse>
    </>
  );
}

function classOf(withClient: boolean): string {
  return withClient ? 'log with-client' : 'log';
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
