import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { tokensQuery } from '../../api/queries/overview.ts';
import type { Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Notice } from '../../parts/page/states.tsx';
import { Ago, useNow } from '../../parts/text/time-text.tsx';
import { BringBackButton } from '../../sync/held/bring-back.tsx';
import { useGuardWords } from '../../sync/held/held-removals.tsx';
import { FindingNotices } from '../findings/finding-notices.tsx';
import { QuotaTrouble } from '../quotas/quotas.tsx';
import { PausedNotice } from '../settings/automatic-sync.tsx';
import { logPath } from '../log/log-address.ts';
import { expiringSoon } from '../tokens/token-life.ts';
import { contactState } from './contact.ts';

/** What needs attention, each with its one next action. */
export function Troubles({ overview }: { overview: Overview }) {
  return (
    <>
      <ContactTrouble overview={overview} />
      <FindingNotices />
      <TokenTrouble />
      <QuotaTrouble />
      {overview.automaticSync === 'paused' && <PausedNotice />}
      <GuardTrouble overview={overview} />
    </>
  );
}

/** The identity provider has not called yet, or was refused. */
function ContactTrouble({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const contact = contactState(overview);
  switch (contact) {
    case 'waiting':
      return (
        <Notice
          tone="info"
          title={t('contact.waitingTitle')}
          actions={<LinkButton to="/user-provisioning/connect">{t('contact.openGuide')}</LinkButton>}
        >
          {t('contact.waitingText')}
        </Notice>
      );
    case 'refused':
      return (
        <Notice
          tone="bad"
          title={t('contact.refusedTitle', { status: overview.lastContact?.status })}
          actions={<LinkButton to={logPath({ outcome: 'error' })}>{t('contact.openLog')}</LinkButton>}
        >
          {t('contact.refusedText')}
        </Notice>
      );
    case 'good':
      return null;
  }
}

/** No API token works any more, or one of them expires soon. */
function TokenTrouble() {
  const { t } = useTranslation();
  const now = useNow();
  const tokens = useQuery(tokensQuery).data?.items ?? [];
  const expiring = tokens.find((token) => expiringSoon(token, now));
  const noneWorks = tokens.length > 0 && tokens.every((token) => token.state !== 'active');
  return (
    <>
      {noneWorks && (
        <Notice
          tone="bad"
          title={t('token.noneTitle')}
          actions={<LinkButton to="/user-provisioning/tokens">{t('nav.tokens')}</LinkButton>}
        >
          {t('token.noneText')}
        </Notice>
      )}
      {expiring?.expiresAt && (
        <Notice
          tone="warning"
          title={t('token.expiringTitle')}
          actions={<LinkButton to="/user-provisioning/tokens">{t('token.rotate')}</LinkButton>}
        >
          {t('token.expiringText', { lastFour: expiring.lastFour })} <Ago at={expiring.expiresAt} />.
        </Notice>
      )}
    </>
  );
}

/** The removal guard holds people, or let some through before it held the rest. */
function GuardTrouble({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const guard = useGuardWords(overview);
  if (guard === null) return null;
  return (
    <Notice
      tone="warning"
      title={guard.title}
      actions={
        overview.pending.held > 0 ? (
          <LinkButton to="/user-provisioning/synchronize?kind=held">{t('held.look')}</LinkButton>
        ) : (
          <BringBackButton count={overview.removalGuard.lostAccess} />
        )
      }
    >
      {guard.text}
    </Notice>
  );
}

function LinkButton({ to, children }: { to: string; children: string }) {
  return (
    <Button component={Link} to={to} size="xs" variant="default">
      {children}
    </Button>
  );
}
