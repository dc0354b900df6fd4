import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { quotasQuery } from '../../api/queries/overview.ts';
import type { Quota } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton, Notice } from '../../parts/page/states.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { fullnessOf, quotaWords } from './quota-words.ts';

/** That the workspace has as much of something as it can have, or soon will: of everything that this is true of. */
export function QuotaTrouble() {
  const { t } = useTranslation();
  const words = quotaWords(useQuery(quotasQuery).data?.items ?? []);
  if (words === null) return null;
  return (
    <Notice
      tone={words.tone}
      title={inWords(words.title, t)}
      actions={
        <Button component={Link} to="/user-provisioning/settings" size="xs" variant="default">
          {t('quota.look')}
        </Button>
      }
    >
      {words.quotas.map(({ name, used, max }) => (
        <div key={name}>
          {t(`quota.${name}`)}:{' '}
          {t(name === 'logMegabytesToday' ? 'quota.ofMegabytes' : 'quota.of', { used, max })}.{' '}
          {t(`quota.effect.${name}`)}
        </div>
      ))}
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
      {quotas.map(({ name, used, max }) => {
        const fullness = fullnessOf(used, max);
        return (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(`quota.${name}`)}</dt>
            <dd>
              {t(name === 'logMegabytesToday' ? 'quota.ofMegabytes' : 'quota.of', { used, max })}{' '}
              {fullness !== null && (
                <StateBadge tone={fullness === 'reached' ? 'red' : 'amber'}>
                  {t(`quota.${fullness}`)}
                </StateBadge>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
