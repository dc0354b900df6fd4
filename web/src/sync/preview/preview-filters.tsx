import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { previewSorts } from '../../api/queries/preview.ts';
import { type Overview, type PendingKind, pendingKinds } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { publicPath } from '../../page-facts.ts';
import { useDownload } from '../../parts/files/download.ts';
import { csvSeparatorName } from '../../parts/files/csv.ts';
import { formatNumber, formatTime } from '../../parts/text/format.ts';
import { heldParts } from './preview-words.ts';
import type { UsedPreviewFilter } from './use-preview-filter.ts';

/** Search, order and kinds of the preview. */
export function PreviewFilters({ overview, filter }: { overview: Overview; filter: UsedPreviewFilter }) {
  const { t, language } = useTranslation();
  const download = useDownload();
  if (overview.directory.users === 0 && filter.search === '') return null;
  const { by, isDescending } = filter.sorting;
  return (
    <>
      <Group gap="sm">
        <TextInput
          type="search"
          aria-label={t('search.people')}
          placeholder={t('search.people')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={filter.typed}
          onChange={(event) => filter.setTyped(event.currentTarget.value)}
          flex="1 1 14rem"
        />
        <NativeSelect
          aria-label={t('list.sort')}
          value={by ?? ''}
          onChange={(event) => {
            const chosen = previewSorts.find((each) => each === event.currentTarget.value) ?? null;
            filter.setSorting({ by: chosen, isDescending: false });
          }}
          data={[
            { value: '', label: t('preview.sort.arrival') },
            ...previewSorts.map((each) => ({ value: each, label: t(`preview.sort.${each}`) })),
          ]}
        />
        {by !== null && (
          <button
            type="button"
            className="filter-chip"
            aria-pressed={isDescending}
            onClick={() => filter.setSorting({ by, isDescending: !isDescending })}
          >
            {t('preview.descending')}
          </button>
        )}
        <Button
          component="a"
          variant="default"
          {...download(exportAddress(filter, language), 'pending-changes.csv')}
        >
          {t('preview.export')}
        </Button>
      </Group>
      <Kinds pending={overview.pending} filter={filter} hasRun={overview.lastRun !== null} />
    </>
  );
}

/** Where what is shown is, as a file. */
function exportAddress({ query }: UsedPreviewFilter, language: string): string {
  const given = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const asked = new URLSearchParams([...given, ['separator', csvSeparatorName(language)]]);
  return `${publicPath}/api/sync-preview/export?${asked}`;
}

function Kinds({
  pending,
  filter,
  hasRun,
}: {
  pending: Overview['pending'];
  filter: UsedPreviewFilter;
  hasRun: boolean;
}) {
  const { t } = useTranslation();
  const { kind: chosen, since } = filter;
  const kinds = pendingKinds.filter((kind) => pending[kind] > 0 || kind === chosen);
  if (kinds.length === 0 && since === undefined) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('filter.kind')}>
      <KindChip kind={undefined} chosen={chosen} onChoose={filter.setKind} label={t('filter.all')} />
      {kinds.map((kind) => (
        <KindChip
          key={kind}
          kind={kind}
          chosen={chosen}
          onChoose={filter.setKind}
          label={t(`kind.${kind}`)}
          count={pending[kind]}
        />
      ))}
      {(hasRun || since !== undefined) && (
        <button
          type="button"
          className="filter-chip"
          aria-pressed={since !== undefined}
          onClick={() => filter.setSince(since === undefined)}
        >
          {t('preview.since')}
        </button>
      )}
    </Group>
  );
}

interface KindChipProps {
  kind: PendingKind | undefined;
  chosen: PendingKind | undefined;
  onChoose: (kind: PendingKind | undefined) => void;
  label: string;
  count?: number;
}

function KindChip({ kind, chosen, onChoose, label, count }: KindChipProps) {
  return (
    <button
      type="button"
      className="filter-chip"
      aria-pressed={kind === chosen}
      onClick={() => onChoose(kind)}
    >
      {label} {count !== undefined && <span>{formatNumber(count)}</span>}
    </button>
  );
}

interface NarrowedProps {
  filter: UsedPreviewFilter;
  /** The run since which what is shown is new; null: there was none. */
  lastRun: { endedAt: string } | null;
  /** The name of the group that the list is narrowed to, as far as it is known. */
  groupName: string;
  overview: Pick<Overview, 'pending' | 'seats' | 'heldRoles'>;
  onLift: () => void;
}

/** What stands above a narrowed list: what it is narrowed to. */
export function Narrowed({ filter, lastRun, groupName, overview, onLift }: NarrowedProps) {
  const { t } = useTranslation();
  const { pending } = overview;
  const { kind, search, groupId, since } = filter;
  return (
    <>
      {since !== undefined && (
        <Text size="sm" c="dimmed">
          {lastRun === null
            ? t('preview.sinceNever')
            : t('preview.sinceNote', { at: formatTime(lastRun.endedAt) })}
        </Text>
      )}
      {groupId !== undefined && (
        <Group gap="xs">
          <strong>{t('groupChanges.only', { name: groupName })}</strong>
          <Button size="xs" variant="default" onClick={() => filter.setGroup(undefined)}>
            {t('groupChanges.everybody')}
          </Button>
        </Group>
      )}
      {kind === 'held' && search === '' && groupId === undefined && since === undefined && (
        <Text size="sm" c="dimmed">
          {heldParts(overview)
            .map(({ waitsFor, count }) => t(`preview.held.${waitsFor}`, { count }))
            .join(' · ')}
        </Text>
      )}
      {kind === 'suppressed' && groupId === undefined && pending.suppressed > 0 && (
        <Group gap="xs">
          <ActButton act="POST /api/sync-preview/bulk" size="xs" variant="default" onClick={onLift}>
            {search === '' && since === undefined
              ? t('lift.all', { count: pending.suppressed })
              : t('lift.found')}
          </ActButton>
        </Group>
      )}
    </>
  );
}
