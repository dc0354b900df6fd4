import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Newest } from '../../api/paging.ts';
import { type TextKey, useTranslation } from '../../i18n.ts';
import { ErrorNote } from '../page/states.tsx';
import { useToast } from '../page/toast.tsx';
import { csvFile } from './csv.ts';
import { saveFile } from './save-file.ts';

/** A file of more entries would be too large for a spreadsheet and for the page. */
const exportedEntriesMax = 20_000;

export interface ExportMenuProps<Entry> {
  /** The name of the file, without its ending. */
  name: string;
  disabled: boolean;
  /** Reads the newest entries that the filter of the page selects. */
  read: (entriesMax: number) => Promise<Newest<Entry>>;
  sentenceOf: (entry: Entry) => string;
  /** The head of the spreadsheet, and the cells of an entry. */
  head: string[];
  cellsOf: (entry: Entry) => string[];
  /** What is said of all entries, and of the first ones of more. */
  done: { whole: TextKey; first: TextKey };
}

/** Saves the entries of a log with their sentences, for a spreadsheet or for programs. */
export function ExportMenu<Entry extends object>(props: ExportMenuProps<Entry>) {
  const { name, disabled, read, sentenceOf, head, cellsOf, done } = props;
  const { t, language } = useTranslation();
  const toast = useToast();
  const save = useMutation({
    mutationFn: async (format: 'json' | 'csv') => {
      const { entries, isWhole } = await read(exportedEntriesMax);
      if (format === 'csv') {
        const file = csvFile([head, ...entries.map(cellsOf)], language);
        saveFile(`${name}.csv`, 'text/csv;charset=utf-8', file);
      } else {
        const worded = entries.map((entry) => ({ ...entry, sentence: sentenceOf(entry) }));
        saveFile(`${name}.json`, 'application/json', JSON.stringify(worded, null, 2));
      }
      toast(t(isWhole ? done.whole : done.first, { count: entries.length }));
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
