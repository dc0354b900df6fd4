import { type AuditFilter, newestActions } from '../../api/queries/audit.ts';
import { useTranslation } from '../../i18n.ts';
import { ExportMenu } from '../../parts/files/export-menu.tsx';
import { actorName, auditSentence } from './audit-words.ts';

/** Saves the actions that the filter selects, with their sentences. */
export function AuditExport({ filter, disabled }: { filter: AuditFilter; disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <ExportMenu
      name="audit-log"
      disabled={disabled}
      read={(actionsMax) => newestActions(filter, actionsMax)}
      sentenceOf={(entry) => auditSentence(entry, t)}
      head={[
        t('log.at'),
        t('audit.who'),
        t('audit.what'),
        t('audit.action'),
        t('audit.target'),
        t('audit.details'),
      ]}
      cellsOf={(entry) => [
        entry.at,
        actorName(entry, t),
        auditSentence(entry, t),
        entry.action,
        entry.target ?? '',
        JSON.stringify(entry.details),
      ]}
      done={{ whole: 'audit.exported', first: 'audit.exportedFirst' }}
    />
  );
}
