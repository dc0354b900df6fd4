import { useState } from 'react';
import { useNavigate } from 'react-router';
import { queryClient } from '../../api/query-client.ts';
import type { IssuedToken, Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Page } from '../../parts/page/page.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { ActivationScreen } from '../activation/activation-screen.tsx';
import { LiveOverview } from './live-overview.tsx';
import { introWords } from './overview-words.ts';
import { NotEntitledScreen } from '../activation/not-entitled-screen.tsx';
import { SecretDialog } from '../connect/secret-dialog.tsx';
import { SuspendedScreen } from '../activation/suspended-notice.tsx';

/** User Provisioning by state: not in the plan, suspended, to be activated, active. */
export function UserProvisioningPage({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [token, setToken] = useState<IssuedToken | null>(null);
  const stored = async () => {
    await queryClient.invalidateQueries();
    setToken(null);
    await navigate('/user-provisioning/connect');
  };
  return (
    <Page title={t('provisioning.title')} intro={inWords(introWords(overview), t)}>
      {overview.state === 'not_entitled' &&
        (overview.suspendedUntil === null ? (
          <NotEntitledScreen />
        ) : (
          <SuspendedScreen until={overview.suspendedUntil} />
        ))}
      {overview.state === 'inactive' && <ActivationScreen onActivated={setToken} />}
      {overview.state === 'active' && token === null && <LiveOverview overview={overview} />}
      <SecretDialog token={token} onStored={() => void stored()} />
    </Page>
  );
}
