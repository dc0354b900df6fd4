import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { newestOf } from '../../api/paging.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import type { Selection } from '../../parts/lists/use-selection.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { type Chosen, onlyThese } from '../chosen/people-choice.ts';
import type { UsedPreviewFilter } from './use-preview-filter.ts';

/** The most people who are chosen by a search: more are rather a group, or everybody. */
const foundPeopleMax = 2_000;

interface OnlyTheseProps {
  selection: Selection;
  /** How many match; null while that is not known. */
  matching: number | null;
  filter: UsedPreviewFilter['matching'];
  onAsk: (chosen: Chosen) => void;
}

/** Has those who are chosen synchronized alone; they are read from all pages where all who match are meant. */
export function OnlyThese({ selection: { isAll, chosen }, matching, filter, onAsk }: OnlyTheseProps) {
  const { t } = useTranslation();
  const find = useMutation({ mutationFn: () => everybodyWho(filter), onSuccess: onAsk });
  if (isAll && (matching === null || matching > foundPeopleMax)) return null;
  return (
    <>
      <ActButton
        act="POST /api/sync-runs"
        size="xs"
        variant="default"
        loading={find.isPending}
        onClick={() => (isAll ? find.mutate() : onAsk(onlyThese(chosen.values())))}
      >
        {t('chosen.only')}
      </ActButton>
      <ErrorNote error={find.error} />
    </>
  );
}

async function everybodyWho(filter: OnlyTheseProps['filter']): Promise<Chosen> {
  const { entries } = await newestOf(foundPeopleMax, (limit, cursor) =>
    answer(() =>
      api.GET('/api/sync-preview', {
        params: { query: { ...filter, limit, ...(cursor !== '' && { cursor }) } },
      }),
    ),
  );
  return onlyThese(entries.map(({ directoryUserId, name }) => ({ id: directoryUserId, name })));
}
