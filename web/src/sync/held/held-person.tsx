import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memberQuery } from '../../api/queries/members.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Moment } from '../../parts/text/time-text.tsx';
import { usePreviewActs } from '../preview/preview-acts-context.ts';
import { usePreviewBulk } from '../preview/use-preview-bulk.tsx';

/** The buttons that carry out or refuse one held removal, while the member is held; and what became of it. */
export function HeldPerson({ directoryUserId, memberId }: { directoryUserId: string; memberId: string }) {
  const { t } = useTranslation();
  const heldSince = useQuery(memberQuery(memberId)).data?.heldSince;
  // The row goes with the decision where the page lists what is pending: then the page asks, and tells.
  const page = usePreviewActs();
  const own = usePreviewBulk(() => undefined);
  const { dialog, outcome } = own;
  const ask = page?.ask ?? own.ask;
  const decide = (action: 'approve' | 'reject') =>
    ask(action, { directoryUserIds: [directoryUserId] }, ['held']);
  return (
    <div>
      {outcome}
      {heldSince && (
        <>
          <Text size="sm" mb="xs">
            {t('held.onePerson')} {t('held.since')} <Moment at={heldSince} />
          </Text>
          <Group gap="xs">
            <ActButton
              act="POST /api/sync-preview/bulk"
              size="xs"
              color="red.8"
              onClick={() => decide('approve')}
            >
              {t('held.approveOne')}
            </ActButton>
            <ActButton
              act="POST /api/sync-preview/bulk"
              size="xs"
              variant="default"
              onClick={() => decide('reject')}
            >
              {t('held.rejectOne')}
            </ActButton>
          </Group>
        </>
      )}
      {dialog}
    </div>
  );
}
