import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type AuditFilter, newestActions } from '../../api/queries/audit.ts';
import { useTranslation } from '../../i18n.ts';
import { csvFile } from '../../parts/files/csv.ts';
import { saveFile } from '../../parts/files/save-file.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { actorName, auditSentence } from './audit-words.ts';

/** A file of more actions would be too large for a spreadsheet and for the page. */
const exportedActionsMax = 20_000;

/** Saves the actions that the filter selects, with their sentences. */
export function AuditExport({ filter, disabled }: { filter: AuditFilter; disabled: boolean }) {
  const { t, language } = useTranslation();
  const toast = useToast();
  const save = useMutation({
    mutationFn: async (format: 'json' | 'csv') => {
      const { entries, isWhole } = await newestActions(filter, exportedActionsMax);
      if (format === 'json') {
        const worded = entries.map((entry) => ({ ...entry, sentence: auditSentence(entry, t) }));
        saveFile('audit-log.json', 'application/json', JSON.stringify(worded, null, 2));
      } else {
        const head = [t('log.at'), t('audit.who'), t('audit.what'), t('audit.action'), 'target', 'details'];
        const rows = entries.map((entry) => [
          entry.at,
          actorName(entry, t),
          auditSentence(entry, t),
          entry.action,
          entry.target ?? '',
          JSON.stringify(entry.details),
        ]);
        saveFile('audit-log.csv', 'text/csv;charset=utf-8', csvFile([head, ...rows], language));
      }
      toast(t(isWhole ? 'audit.exported' : 'audit.exportedFirst', { count: entries.length }));
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
