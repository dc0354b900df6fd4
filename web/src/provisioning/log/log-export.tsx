import { type LogFilter, newestRequests } from '../../api/queries/log.ts';
import { useTranslation } from '../../i18n.ts';
import { ExportMenu } from '../../parts/files/export-menu.tsx';
import { sentenceOf } from './log-meaning.ts';
import { tokenLabel } from '../tokens/token-label.ts';

const columns = [
  'log.at',
  'log.what',
  'log.answer',
  'log.error',
  'log.request',
  'log.resource',
  'log.token',
  'log.client',
  'log.requestId',
] as const;

/** Saves the requests that the filter selects, with what they meant. */
export function LogExport({ filter, disabled }: { filter: LogFilter; disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <ExportMenu
      name="provisioning-log"
      disabled={disabled}
      read={(requestsMax) => newestRequests(filter, requestsMax)}
      sentenceOf={(entry) => sentenceOf(entry, t)}
      head={columns.map((column) => t(column))}
      cellsOf={(entry) => [
        entry.at,
        sentenceOf(entry, t),
        String(entry.status),
        entry.detail ?? '',
        `${entry.method} ${entry.path}`,
        entry.resourceId ?? '',
        entry.token ? tokenLabel(entry.token, t) : '',
        entry.userAgent ?? '',
        entry.requestId,
      ]}
      done={{ whole: 'log.exported', first: 'log.exportedFirst' }}
    />
  );
}
