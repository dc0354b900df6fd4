import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from '../../i18n.ts';

/** What a list is sorted by; null: as it comes. */
export interface Sorting<By extends string = string> {
  by: By | null;
  isDescending: boolean;
}

interface SortHeadProps<By extends string> {
  name: string;
  by: By;
  sorting: Sorting<By>;
  onSort: (sorting: Sorting<By>) => void;
  className?: string;
}

/** The head of a column that sorts by it: pressed once ascending, then descending, then as it comes. */
export function SortHead<By extends string>({ name, by, sorting, onSort, className }: SortHeadProps<By>) {
  const { t } = useTranslation();
  const isSorted = sorting.by === by;
  const Icon = sorting.isDescending ? IconArrowDown : IconArrowUp;
  const next: Sorting<By> = !isSorted
    ? { by, isDescending: false }
    : sorting.isDescending
      ? { by: null, isDescending: false }
      : { by, isDescending: true };
  return (
    <span
      role="columnheader"
      className={className}
      aria-sort={isSorted ? (sorting.isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="sort-head"
        title={t('list.sortBy', { name })}
        onClick={() => onSort(next)}
      >
        {name}
        {isSorted && <Icon size={14} aria-hidden />}
      </button>
    </span>
  );
}
