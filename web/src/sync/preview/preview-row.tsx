import { Collapse, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { memo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { propertiesQuery } from '../../api/queries/members.ts';
import type { Change } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { SortHead, type Sorting } from '../../parts/lists/sort-head.tsx';
import { useRowOpen } from '../../parts/lists/row-open.ts';
import { Tick } from '../../parts/lists/tick.tsx';
import { ChangeBadge } from '../../parts/page/badges.tsx';
import { FieldChanges, useFieldName } from '../../parts/text/field-changes.tsx';
import { useRoleName } from '../../parts/text/role-name.tsx';
import type { PreviewSort } from '../../api/queries/preview.ts';
import { ChangeActions } from './change-actions.tsx';
import { saidOf } from './said-change.ts';

const columnCount = 7;

interface PreviewHeadProps {
  sorting: Sorting<PreviewSort>;
  onSort: (sorting: Sorting<PreviewSort>) => void;
  chosen: 'all' | 'some' | 'none';
  onChoose: () => void;
}

/** The heads of the columns: most sort by theirs, the first ticks everybody who is loaded. */
export function PreviewHead({ sorting, onSort, chosen, onChoose }: PreviewHeadProps) {
  const { t } = useTranslation();
  const sort = { sorting, onSort };
  return (
    <div className="row-cells row-head pending" role="row" aria-rowindex={1}>
      <span role="columnheader">
        <Tick
          label={t('list.chooseLoaded')}
          checked={chosen === 'all'}
          partly={chosen === 'some'}
          onTick={onChoose}
        />
      </span>
      <SortHead name={t('changes.kind')} by="kind" {...sort} />
      <SortHead name={t('changes.person')} by="name" {...sort} />
      <SortHead name={t('preview.sort.department')} by="department" {...sort} />
      <SortHead name={t('preview.sort.title')} by="title" {...sort} />
      <span role="columnheader">{t('changes.what')}</span>
      <span role="columnheader">
        <span className="for-screen-readers">{t('audit.open')}</span>
      </span>
    </div>
  );
}

interface PreviewRowProps {
  change: Change;
  index: number;
  isChosen: boolean;
  onTick: (change: Change, extend: boolean) => void;
}

/** Somebody who would change, with a box to tick; opened, each field before and after, why, and what can be done. */
export const PreviewRow = memo(function PreviewRow({ change, index, isChosen, onTick }: PreviewRowProps) {
  const { t } = useTranslation();
  const [open, toggle] = useRowOpen();
  const { name, email, department, title } = change;
  return (
    <>
      <div
        className="row-cells pending"
        role="row"
        aria-rowindex={index + 2}
        data-chosen={isChosen || undefined}
      >
        <span role="cell" className="row-tick">
          <Tick
            label={t('list.chooseOne', { name })}
            checked={isChosen}
            onTick={(extend) => onTick(change, extend)}
          />
        </span>
        <span role="cell" className="wide-only">
          <ChangeBadge change={change} />
        </span>
        <span role="cell" className="cell member-names">
          <button type="button" className="row-open" aria-expanded={open} onClick={toggle}>
            {name}
          </button>
          {email !== null && email !== name && <span>{email}</span>}
          <span className="phone-only">
            <ChangeBadge change={change} /> <Summary change={change} />
          </span>
        </span>
        <span role="cell" className="cell wide-only one-line">
          {department ?? '–'}
        </span>
        <span role="cell" className="cell wide-only one-line">
          {title ?? '–'}
        </span>
        <span role="cell" className="cell wide-only">
          <Summary change={change} />
        </span>
        <span role="cell">
          <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
        </span>
      </div>
      <Collapse expanded={open}>{open && <Details change={change} />}</Collapse>
    </>
  );
});

function Details({ change }: { change: Change }) {
  const { t } = useTranslation();
  return (
    <div role="row">
      <div role="cell" aria-colspan={columnCount} className="pending-details">
        <Text size="sm">
          <strong>{t('changes.why')}</strong> {change.reason.text}
        </Text>
        {change.fields.length > 0 && (
          <FieldChanges changes={change.fields} isNew={change.kind === 'create'} />
        )}
        <ChangeActions change={change} />
      </div>
    </div>
  );
}

/** What changes, in one line: the first field before and after, and how many more; of people who are no member yet, why. */
function Summary({ change: { memberId, fields, reason } }: { change: Change }) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const [first, ...more] = fields;
  const roleName = useRoleName(first?.field === 'role');
  if (memberId === null || first === undefined) {
    return (
      <Text span size="sm" c="dimmed" lineClamp={2}>
        {reason.text}
      </Text>
    );
  }
  const said = saidOf(first, { t, roleName, properties });
  return (
    <Text span size="sm" lineClamp={2}>
      {nameOf(first.field)}
      {said !== null && `: ${said}`}
      {more.length > 0 && (
        <Text span size="sm" c="dimmed">
          {' · '}
          {t('changes.more', { count: more.length })}
        </Text>
      )}
    </Text>
  );
}
