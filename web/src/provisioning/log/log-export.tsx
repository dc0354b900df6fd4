import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type LogFilter, newestRequests } from '../../api/queries/log.ts';
import type { LogEntry } from '../../api/shapes.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { csvFile } from '../../parts/files/csv.ts';
import { saveFile } from '../../parts/files/save-file.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { sentenceOf } from './log-meaning.ts';
import { tokenLabel } from '../tokens/token-label.ts';

/** A file of more requests would be too large for a spreadsheet and for the page. */
const exportedRequestsMax = 20_000;

/** Saves the requests that the filter selects, with what they meant. */
export function LogExport({ filter, disabled }: { filter: LogFilter; disabled: boolean }) {
  const { t, language } = useTranslation();
  const toast = useToast();
  const save = useMutation({
    mutationFn: async (format: 'json' | 'csv') => {
      const { entries, isWhole } = await newestRequests(filter, exportedRequestsMax);
      if (format === 'csv')
        saveFile('provisioning-log.csv', 'text/csv;charset=utf-8', csvOf(entries, t, language));
      else saveFile('provisioning-log.json', 'application/json', jsonOf(entries, t));
      toast(t(isWhole ? 'log.exported' : 'log.exportedFirst', { count: entries.length }));
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button variant="default" disabled={disabled} loading={save.isPending}>
            {t('log.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save.mutate('csv')}>{t('log.exportCsv')}</Menu.Item>
          <Menu.Item onClick={() => save.mutate('json')}>{t('log.exportJson')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ErrorNote error={save.error} />
    </>
  );
}

function jsonOf(entries: readonly LogEntry[], t: Translate): string {
  return JSON.stringify(
    entries.map((entry) => ({ ...entry, sentence: sentenceOf(entry, t) })),
    null,
    2,
  );
}

function csvOf(entries: readonly LogEntry[], t: Translate, language: string): string {
  const head = [
    t('log.at'),
    t('log.what'),
    t('log.answer'),
    t('log.error'),
    t('log.request'),
    t('log.resource'),
    t('log.token'),
    t('log.client'),
    t('log.requestId'),
  ];
  const rows = entries.map((entry) => [
    entry.at,
    sentenceOf(entry, t),
    String(entry.status),
    entry.detail ?? '',
    `${entry.method} ${entry.path}`,
    entry.resourceId ?? '',
    entry.token ? tokenLabel(entry.token, t) : '',
    entry.userAgent ?? '',
    entry.requestId,
  ]);
  return csvFile([head, ...rows], language);
}
