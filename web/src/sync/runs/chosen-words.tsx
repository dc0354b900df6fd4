import { Text } from '@mantine/core';
import type { Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { chosenOf } from './run-words.ts';

/** The people that were chosen for a run, where that was not everybody. */
export function ChosenWords({ run }: { run: Run }) {
  const { t } = useTranslation();
  const chosen = chosenOf(run);
  if (chosen === null) return null;
  const groups = chosen.groups.map(({ name }) => name).join(', ');
  return (
    <Text span size="sm">
      {t('chosen.of', { people: chosen.people })}
      {groups !== '' && ` (${t('chosen.ofGroups', { groups })})`}
    </Text>
  );
}
