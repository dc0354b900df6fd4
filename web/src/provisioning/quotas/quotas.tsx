import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { quotasQuery } from '../../api/queries/overview.ts';
import type { Quota } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton, Notice } from '../../parts/page/states.tsx';

/** From this share on, an admin is told. */
const nearShare = 0.9;

const isReached = ({ used, max }: Quota) => used >= max;
const isNear = ({ used, max }: Quota) => used >= max * nearShare;

/** That the workspace has as much of something as it can have, or soon will. */
export function QuotaTrouble() {
  const { t } = useTranslation();
  const near = (useQuery(quotasQuery).data?.items ?? []).filter(isNear);
  const worst = near.find(isReached) ?? near[0];
  if (worst === undefined) return null;
  return (
    <Notice
      tone={isReached(worst) ? 'bad' : 'warning'}
      title={t(isReached(worst) ? 'quota.reachedTitle' : 'quota.nearTitle')}
      actions={
        <Button component={Link} to="/user-provisioning/settings" size="xs" variant="default">
          {t('quota.look')}
        </Button>
      }
    >
      {t(`quota.${worst.name}`)}: {t('quota.of', { used: worst.used, max: worst.max })}.{' '}
      {t(`quota.effect.${worst.name}`)}
    </Notice>
  );
}

/** How much the workspace has, and how much it can have. */
export function QuotasSection() {
  const { t } = useTranslation();
  const quotas = useQuery(quotasQuery);
  return (
    <Section title={t('quota.title')} intro={t('quota.intro')}>
      <ErrorNote error={quotas.error} retry={() => void quotas.refetch()} />
      {quotas.isPending ? <ListSkeleton /> : <QuotaList quotas={quotas.data?.items ?? []} />}
    </Section>
  );
}

function QuotaList({ quotas }: { quotas: readonly Quota[] }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      {quotas.map((quota) => (
        <div key={quota.name} style={{ display: 'contents' }}>
          <dt>{t(`quota.${quota.name}`)}</dt>
          <dd>
            {t('quota.of', { used: quota.used, max: quota.max })}{' '}
            {isNear(quota) && (
              <StateBadge tone={isReached(quota) ? 'red' : 'amber'}>
                {t(isReached(quota) ? 'quota.reached' : 'quota.near')}
              </StateBadge>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
