import { useQuery } from '@tanstack/react-query';
import { settingsQuery } from '../../api/queries/overview.ts';
import { useTranslation } from '../../i18n.ts';
import { Page } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { QuotasSection } from '../quotas/quotas.tsx';
import { AutomaticSyncSection } from './automatic-sync.tsx';
import { Deactivation } from './deactivation.tsx';
import { SettingsForm } from './settings-form.tsx';

/** When synchronization runs, what happens to leavers, how many people may leave at once. */
export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery);
  return (
    <Page title={t('settings.title')} intro={t('settings.intro')}>
      <ErrorNote error={settings.error} retry={() => void settings.refetch()} />
      <AutomaticSyncSection />
      {settings.data === undefined ? <ListSkeleton /> : <SettingsForm saved={settings.data} />}
      <QuotasSection />
      <Deactivation />
    </Page>
  );
}
