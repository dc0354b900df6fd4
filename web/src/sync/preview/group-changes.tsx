import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { GroupChange } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge, type Tone } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

const shownAtFirst = 5;
export const groupTones: Record<GroupChange['kind'], Tone> = {
  create: 'green',
  rename: 'blue',
  members: 'blue',
  delete: 'red',
  suppressed: 'gray',
};

/** What the next run does to groups; nothing when there is nothing. `onWho` shows the people of one. */
export function GroupChanges({
  changes,
  onWho,
}: {
  changes: readonly GroupChange[];
  onWho: (change: GroupChange) => void;
}) {
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
        {(all ? changes : changes.slice(0, shownAtFirst)).map((change) => (
          <li key={`${change.groupId}-${change.kind}`} className="group-change">
            <StateBadge tone={groupTones[change.kind]}>{t(`groupChanges.${change.kind}`)}</StateBadge>
            <Group gap="0 0.6rem">
              <strong>{change.name}</strong>
              {change.kind === 'rename' && change.nameBefore !== null && (
                <Text span size="sm" c="dimmed">
                  {t('groupChanges.before', { name: change.nameBefore })}
                </Text>
              )}
              <Numbers change={change} onWho={onWho} />
            </Group>
            {change.kind === 'suppressed' && <LiftGroup change={change} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** How many people join and leave, and the way to them; and who stays in a group that would go otherwise. */
function Numbers({ change, onWho }: { change: GroupChange; onWho: (change: GroupChange) => void }) {
  const { t } = useTranslation();
  const { joining, leaving, staying, name } = change;
  const texts = [
    ...(joining ? [t('groupChanges.joining', { count: joining })] : []),
    ...(leaving ? [t('groupChanges.leaving', { count: leaving })] : []),
    ...(staying ? [t('groupChanges.staying', { count: staying })] : []),
  ];
  if (texts.length === 0) return null;
  const numbers = texts.join(', ');
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      px={0}
      aria-label={t('groupChanges.who', { numbers, name })}
      onClick={() => onWho(change)}
    >
      {numbers}
    </Button>
  );
}

/** What was taken back of a group may be done again. */
function LiftGroup({ change: { groupId, name } }: { change: GroupChange }) {
  const { t } = useTranslation();
  const toast = useToast();
  const lift = useMutation({
    mutationFn: () => answer(() => api.POST('/api/sync-preview/lift', { body: { groupIds: [groupId] } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(t('lift.groupDone', { name }));
    },
  });
  return (
    <div className="lift-group">
      <ErrorNote error={lift.error} />
      <Button size="xs" variant="default" loading={lift.isPending} onClick={() => lift.mutate()}>
        {t('decision.lift')}
      </Button>
    </div>
  );
}
