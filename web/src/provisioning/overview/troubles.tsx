import { Button } from '@mantine/core';
import { Link } from '../../parts/page/link.tsx';
import type { Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Notice } from '../../parts/page/states.tsx';
import { Until } from '../../parts/text/time-text.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { BringBackButton, DismissButton } from '../../sync/held/bring-back.tsx';
import { useGuardWords } from '../../sync/held/held-access.ts';
import { seatWords } from '../../sync/held/seat-words.ts';
import { FindingNotices } from '../findings/finding-notices.tsx';
import { fullSeatsWords } from '../quotas/quota-words.ts';
import { QuotaTrouble } from '../quotas/quotas.tsx';
import { PausedNotice } from '../settings/automatic-sync.tsx';
import { logPath } from '../log/log-address.ts';
import { useIsCutOff, useTokenTroubles } from '../tokens/use-token-troubles.ts';
import { contactWords } from './overview-words.ts';

/** What needs attention, each with its one next action. Where nothing gets through, that comes first. */
export function Troubles({ overview }: { overview: Overview }) {
  const isCutOff = useIsCutOff(overview);
  return (
    <>
      {isCutOff && <TokenTrouble overview={overview} />}
      <FindingNotices />
      <ContactTrouble overview={overview} />
      {!isCutOff && <TokenTrouble overview={overview} />}
      <QuotaTrouble />
      {overview.automaticSync === 'paused' && <PausedNotice />}
      <GuardTrouble overview={overview} />
      <SeatTrouble overview={overview} />
    </>
  );
}

/** The identity provider has not sent anything yet, or was refused. */
function ContactTrouble({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const words = contactWords(overview, useIsCutOff(overview));
  if (words === null) return null;
  const isWaiting = words.tone === 'info';
  return (
    <Notice
      tone={words.tone}
      title={inWords(words.title, t)}
      actions={
        <LinkButton to={isWaiting ? '/user-provisioning/connect' : logPath({ outcome: 'error' })}>
          {t(isWaiting ? 'contact.openGuide' : 'contact.openLog')}
        </LinkButton>
      }
    >
      {inWords(words.text, t)}
    </Notice>
  );
}

/** No API token works any more, the identity provider still has one that does not, one of them expires soon, or a new one waits to be pasted. */
function TokenTrouble({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  return useTokenTroubles(overview).map(({ id, tone, title, text, endsAt, rotates }) => (
    <Notice
      key={id}
      tone={tone}
      title={inWords(title, t)}
      actions={
        <LinkButton to="/user-provisioning/tokens">{t(rotates ? 'token.rotate' : 'nav.tokens')}</LinkButton>
      }
    >
      {inWords(text, t)}
      {endsAt !== null && (
        <>
          {' '}
          <Until at={endsAt} />.
        </>
      )}
    </Notice>
  ));
}

/** The removal guard holds people, or let some through before it held the rest. */
function GuardTrouble({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const guard = useGuardWords(overview);
  const { held } = overview.removalGuard;
  if (guard === null) return null;
  return (
    <Notice
      tone="warning"
      title={inWords(guard.title, t)}
      actions={
        <>
          {(guard.isAhead || held > 0) && (
            <LinkButton to="/user-provisioning/synchronize?kind=held">{t('held.look')}</LinkButton>
          )}
          {guard.bringsBack && held === 0 && <BringBackButton overview={overview} />}
          <DismissButton dismiss={guard.dismiss} />
        </>
      }
    >
      {inWords(guard.text, t)}
    </Notice>
  );
}

/** People wait for a seat, or soon would. */
function SeatTrouble({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const full = fullSeatsWords(overview);
  if (full !== null) {
    return (
      <Notice tone="warning" title={inWords(full.title, t)}>
        {inWords(full.text, t)}
      </Notice>
    );
  }
  const words = seatWords(overview);
  if (words === null) return null;
  return (
    <Notice
      tone="warning"
      title={inWords(words.title, t)}
      actions={<LinkButton to="/user-provisioning/synchronize?kind=held">{t('held.lookSeats')}</LinkButton>}
    >
      {inWords(words.text, t)}
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
