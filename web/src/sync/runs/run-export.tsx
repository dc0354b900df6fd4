import { firstRunChanges, type RunChangesFilter } from '../../api/queries/runs.ts';
import type { RunChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ExportMenu } from '../../parts/files/export-menu.tsx';
import { doneKindText } from '../../parts/text/kind-words.ts';
import { useFieldName } from '../../parts/text/field-changes.tsx';

interface RunExportProps {
  runId: string;
  filter: RunChangesFilter;
  disabled: boolean;
}

/** Saves the changes of a run that the filter selects, whether or not they were scrolled to. */
export function RunExport({ runId, filter, disabled }: RunExportProps) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const kindOf = ({ kind, state }: RunChange) => t(doneKindText(kind, state));
  const stateOf = ({ state }: RunChange) => (state === 'made' ? '' : t(`change.state.${state}`));
  const reasonOf = ({ reason, kept }: RunChange) => [reason.text, kept?.text ?? ''].join(' ').trim();
  return (
    <ExportMenu
      name={`synchronization-${runId}`}
      disabled={disabled}
      read={(changesMax) => firstRunChanges(runId, filter, changesMax)}
      sentenceOf={(change) => `${kindOf(change)}: ${change.name}. ${reasonOf(change)}`}
      head={[
        t('changes.person'),
        t('changes.kind'),
        t('runs.state'),
        t('changes.whatDone'),
        t('changes.reason'),
        'directoryUserId',
        'memberId',
      ]}
      cellsOf={(change) => [
        change.name,
        kindOf(change),
        stateOf(change),
        change.fields.map(({ field }) => nameOf(field)).join(', '),
        reasonOf(change),
        change.directoryUserId,
        change.memberId ?? '',
      ]}
      done={{ whole: 'runs.exported', first: 'runs.exportedFirst' }}
    />
  );
}
