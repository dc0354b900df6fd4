import { Anchor, Collapse, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from '../../parts/page/link.tsx';
import type { RunChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { useRowOpen } from '../../parts/lists/row-open.ts';
import { DoneBadge } from '../../parts/page/badges.tsx';
import { FieldChanges } from '../../parts/text/field-changes.tsx';
import { useChangedFields } from '../preview/change-row.tsx';

interface RunChangeRowProps {
  change: RunChange;
  note: ReactNode;
  /** What stands below the fields when the row is open. */
  details: () => ReactNode;
}

/** A change of a run: the name leads to the person, the rest opens to each field before and after, and the reason. */
export function RunChangeRow({ change, note, details }: RunChangeRowProps) {
  const { t } = useTranslation();
  const [open, toggle] = useRowOpen();
  const fields = useChangedFields(change);
  const isNew = change.kind === 'create';
  const what = isNew || fields === '' ? (open ? '' : change.reason.text) : fields;
  return (
    <>
      <div className="row-cells preview run-change">
        <span className="wide-only">
          <DoneBadge kind={change.kind} state={change.state} />
        </span>
        <span className="cell">
          <Anchor component={Link} to={personPath(change)} size="sm" fw={600}>
            {change.name}
          </Anchor>
          <span className="phone-only">
            <DoneBadge kind={change.kind} state={change.state} />
          </span>
        </span>
        <button type="button" className="run-change-more" aria-expanded={open} onClick={toggle}>
          <span className="run-change-name">{change.name}: </span>
          <Text
            span
            size="sm"
            c={isNew || fields === '' ? 'dimmed' : undefined}
            lineClamp={2}
            className="wide-only"
          >
            {what}
            {note}
          </Text>
          <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
        </button>
      </div>
      <Collapse expanded={open}>
        {open && (
          <div style={{ padding: '0 1rem 1rem', display: 'grid', gap: '0.75rem' }}>
            <Text size="sm">
              <strong>{t('changes.why')}</strong> {change.reason.text}
            </Text>
            {change.fields.length > 0 && <FieldChanges changes={change.fields} isNew={isNew} />}
            {details()}
          </div>
        )}
      </Collapse>
    </>
  );
}

/** The page of the person; of somebody without a member, what the directory knows of them. */
function personPath({ memberId, directoryUserId }: RunChange): string {
  return memberId === null
    ? `/user-provisioning/directory?search=${directoryUserId}`
    : `/members/${memberId}`;
}
