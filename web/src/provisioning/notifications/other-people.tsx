import { Group, Stack, Text } from '@mantine/core';
import type { Channel } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { useRemoval } from './channels.tsx';

/** Who else gets e-mail about this workspace. */
export function OtherPeople({ people }: { people: readonly Channel[] }) {
  const { t } = useTranslation();
  const toast = useToast();
  const end = useRemoval(() => toast(t('notifications.ended')));
  if (people.length === 0) return null;
  return (
    <Section title={t('notifications.people')} intro={t('notifications.peopleText')}>
      <ErrorNote error={end.error} />
      <ul className="channel-list">
        {people.map((person) => (
          <li key={person.id}>
            <Group justify="space-between" gap="sm">
              <Stack gap={2} flex="1 1 14rem" miw={0}>
                <Text className="found-resource">{person.name}</Text>
                <Text size="sm" c="dimmed">
                  {t('notifications.toldOf', { count: person.causes.length })}
                </Text>
              </Stack>
              <ActButton
                act="DELETE /api/notifications/channels/{id}"
                size="xs"
                variant="default"
                loading={end.isPending && end.variables.id === person.id}
                aria-label={t('notifications.endForLabel', { name: person.name })}
                onClick={() => end.mutate(person)}
              >
                {t('notifications.endFor')}
              </ActButton>
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  );
}
