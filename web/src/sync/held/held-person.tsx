import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberQuery } from '../../api/queries/members.ts';
import { useTranslation } from '../../i18n.ts';
import { Moment } from '../../parts/text/time-text.tsx';
import type { HeldDecision } from './guard-words.ts';
import { DecisionDialog } from './held-removals.tsx';

/** The buttons that carry out or refuse one held deactivation, while the member is held. */
export function HeldPerson({
  directoryUserId,
  memberId,
  name,
}: {
  directoryUserId: string;
  memberId: string;
  name: string;
}) {
  const { t } = useTranslation();
  const heldSince = useQuery(memberQuery(memberId)).data?.heldSince;
  const [decision, setDecision] = useState<HeldDecision | null>(null);
  if (!heldSince) return null;
  return (
    <div>
      <Text size="sm" mb="xs">
        {t('held.onePerson')} {t('held.since')} <Moment at={heldSince} />
      </Text>
      <Group gap="xs">
        <Button size="xs" color="red.8" onClick={() => setDecision('approve')}>
          {t('held.approveOne')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setDecision('reject')}>
          {t('held.rejectOne')}
        </Button>
      </Group>
      <DecisionDialog
        count={1}
        people={[directoryUserId]}
        name={name}
        decision={decision}
        onClose={() => setDecision(null)}
      />
    </div>
  );
}
