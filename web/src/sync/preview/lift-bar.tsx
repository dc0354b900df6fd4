import { Group } from '@mantine/core';
import { useTranslation } from '../../i18n.ts';
import type { PeopleChoice } from './use-people-choice.ts';
import { LiftButton } from './lift-button.tsx';

/** What can be done about the suppressed people: allow those who are ticked again, or all who are listed. */
export function LiftBar({ count, search, choice }: { count: number; search: string; choice: PeopleChoice }) {
  const { t } = useTranslation();
  const { chosen, clear } = choice;
  return (
    <Group gap="xs">
      {chosen.size > 0 && (
        <LiftButton
          label={t('lift.chosen', { count: chosen.size })}
          of={{ directoryUserIds: [...chosen] }}
          onLifted={clear}
        />
      )}
      <LiftButton
        label={search === '' ? t('lift.all', { count }) : t('lift.found')}
        of={{ filter: search === '' ? {} : { search } }}
        onLifted={clear}
      />
    </Group>
  );
}
