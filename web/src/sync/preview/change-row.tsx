import { Collapse, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Change } from '../../api/shapes.ts';
import { KindBadge } from '../../parts/page/badges.tsx';
import { FieldChanges, useFieldName } from '../../parts/text/field-changes.tsx';

const fieldsNamedMax = 4;

/** Names the columns of a list of changes. */
export function ChangeHead() {
  const { t } = useTranslation();
  return (
    <div className="row-cells row-head preview" aria-hidden>
      <span>{t('changes.kind')}</span>
      <span>{t('changes.person')}</span>
      <span>{t('changes.what')}</span>
    </div>
  );
}

/** A change that opens to each field before and after, and the reason. `details` come below. */
export function ChangeRow({
  change,
  note,
  details,
}: {
  change: Omit<Change, 'offers'>;
  note?: ReactNode;
  details?: () => ReactNode;
}) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const [open, setOpen] = useState(false);
  const isNew = change.kind === 'create';
  const named = change.fields.slice(0, fieldsNamedMax).map(({ field }) => nameOf(field));
  const more = change.fields.length - named.length;
  const what = [...named, ...(more > 0 ? [t('changes.more', { count: more })] : [])].join(', ');
  return (
    <>
      <button
        type="button"
        className="row-cells preview"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        style={{ border: 0, background: 'none', font: 'inherit', fontSize: '0.875rem' }}
      >
        <span className="wide-only">
          <KindBadge kind={change.kind} />
        </span>
        <span className="cell">
          <strong>{change.name}</strong>
          <span className="phone-only">
            <KindBadge kind={change.kind} />{' '}
            {!isNew && (
              <Text span size="xs" c="dimmed">
                {what}
              </Text>
            )}
          </span>
        </span>
        <span className="cell wide-only">
          {isNew || named.length === 0
            ? // Opened, the row says it below.
              !open && (
                <Text span size="sm" c="dimmed" lineClamp={2}>
                  {change.reason.text}
                </Text>
              )
            : what}
          {note}
        </span>
        <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
      </button>
      <Collapse expanded={open}>
        {open && (
          <div style={{ padding: '0 1rem 1rem', display: 'grid', gap: '0.75rem' }}>
            <Text size="sm">
              <strong>{t('changes.why')}</strong> {change.reason.text}
            </Text>
            {change.fields.length > 0 && <FieldChanges changes={change.fields} isNew={isNew} />}
            {details?.()}
          </div>
        )}
      </Collapse>
    </>
  );
}
