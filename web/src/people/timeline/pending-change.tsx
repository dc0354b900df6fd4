import { useInfiniteQuery } from '@tanstack/react-query';
import { loadedItems } from '../../api/paging.ts';
import { previewQuery } from '../../api/queries/preview.ts';
import type { Member } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { ChangeActions } from '../../sync/preview/change-actions.tsx';
import { ChangeRow } from '../../sync/preview/change-row.tsx';

/** What the next synchronization would do to this person, and why; or that there is nothing to do. */
export function PendingChange({ member }: { member: Member }) {
  const { t } = useTranslation();
  const preview = useInfiniteQuery(previewQuery({ search: member.email }));
  const change = loadedItems(preview).find(({ memberId }) => memberId === member.id);
  if (preview.isPending || preview.error) return null;
  return (
    <Section
      flush={change !== undefined}
      title={t('member.pending')}
      intro={change ? undefined : t('member.inStep')}
    >
      {change && <ChangeRow change={change} details={() => <ChangeActions change={change} />} />}
    </Section>
  );
}
