import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupChange } from '../api/shapes.ts';
import { StateBadge, type Tone } from '../parts/badges.tsx';
import { Section } from '../parts/page.tsx';

const shownAtFirst = 5;
const tones: Record<GroupChange['kind'], Tone> = {
  create: 'green',
  rename: 'blue',
  members: 'blue',
  delete: 'red',
};

/** What the next run does to groups; nothing when there is nothing. */
export function GroupChanges({ changes }: { changes: readonly GroupChange[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (changes.length === 0) return null;
  return (
    <Section
      flush
      title={t('groupChanges.title', { count: changes.length })}
      actions={
        changes.length > shownAtFirst && (
          <Button size="xs" variant="default" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'suggestions.fewer' : 'suggestions.all')}
          </Button>
        )
      }
    >
      <ul className="plain-list">
        {(all ? changes : changes.slice(0, shownAtFirst)).map(({ kind, groupId, name, nameBefore }) => (
          <li key={groupId} className="group-change">
            <StateBadge tone={tones[kind]}>{t(`groupChanges.${kind}`)}</StateBadge>
            <Group gap={6}>
              <strong>{name}</strong>
              {kind === 'rename' && nameBefore !== null && (
                <Text span size="sm" c="dimmed">
                  {t('groupChanges.before', { name: nameBefore })}
                </Text>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  );
}
