import { Collapse, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Change } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ColumnLabel } from '../../parts/lists/column-label.tsx';
import { useRowOpen } from '../../parts/lists/row-open.ts';
import { ChangeBadge } from '../../parts/page/badges.tsx';
import { FieldChanges, useFieldName } from '../../parts/text/field-changes.tsx';

const fieldsNamedMax = 4;

/** Names the columns of a list of changes. */
export function ChangeHead({ done = false }: { done?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="row-cells row-head preview" aria-hidden>
      <span>{t('changes.kind')}</span>
      <span>{t('changes.person')}</span>
      <span>{t(done ? 'changes.whatDone' : 'changes.what')}</span>
    </div>
  );
}

interface ChangeRowProps {
  change: Omit<Change, 'offers' | 'email' | 'department' | 'title'>;
  note?: ReactNode;
  /** What stands below the fields when the row is open. */
  details?: () => ReactNode;
}

/** A change that opens to each field before and after, and the reason. */
export function ChangeRow({ change, note, details }: ChangeRowProps) {
  const { t } = useTranslation();
  const [open, toggle] = useRowOpen();
  return (
    <>
      <button
        type="button"
        className="row-cells preview"
        aria-expanded={open}
        onClick={toggle}
        style={{ border: 0, background: 'none', font: 'inherit', fontSize: '0.875rem' }}
      >
        <RowCells change={change} note={note} open={open} />
      </button>
      <Collapse expanded={open}>
        {open && (
          <div style={{ padding: '0 1rem 1rem', display: 'grid', gap: '0.75rem' }}>
            <Text size="sm">
              <strong>{t('changes.why')}</strong> {change.reason.text}
            </Text>
            {change.fields.length > 0 && (
              <FieldChanges changes={change.fields} isNew={change.kind === 'create'} />
            )}
            {details?.()}
          </div>
        )}
      </Collapse>
    </>
  );
}

function RowCells({ change, note, open }: Pick<ChangeRowProps, 'change' | 'note'> & { open: boolean }) {
  const { t } = useTranslation();
  const fields = useChangedFields(change);
  const isNew = change.kind === 'create';
  return (
    <>
      <span className="wide-only">
        <ChangeBadge change={change} />
      </span>
      <span className="cell">
        <span className="for-screen-readers">, </span>
        <strong>{change.name}</strong>
        <span className="phone-only">
          <ChangeBadge change={change} />{' '}
          {!isNew && (
            <Text span size="xs" c="dimmed">
              {fields}
            </Text>
          )}
        </span>
      </span>
      <span className="cell wide-only">
        <ColumnLabel>{t('changes.what')}</ColumnLabel>
        {isNew || fields === ''
          ? // An open row says it below.
            !open && (
              <Text span size="sm" c="dimmed" lineClamp={2}>
                {change.reason.text}
              </Text>
            )
          : fields}
        {note}
      </span>
      <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
    </>
  );
}

/** The names of the first fields that change, and how many more there are. */
export function useChangedFields({ fields }: Pick<ChangeRowProps['change'], 'fields'>): string {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const named = fields.slice(0, fieldsNamedMax).map(({ field }) => nameOf(field));
  const more = fields.length - named.length;
  return [...named, ...(more > 0 ? [t('changes.more', { count: more })] : [])].join(', ');
}
