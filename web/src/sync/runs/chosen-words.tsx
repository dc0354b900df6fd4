import { Text } from '@mantine/core';
import type { Run } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';

/** The people a run was about, where that was not everybody. */
export function ChosenWords({ run: { chosen } }: { run: Run }) {
  const { t } = useTranslation();
  if (chosen === null) return null;
  const groups = chosen.groups.map(({ name }) => name).join(', ');
  return (
    <Text span size="sm">
      {t('chosen.of', { people: chosen.people })}
      {groups !== '' && ` (${t('chosen.ofGroups', { groups })})`}
    </Text>
  );
}
