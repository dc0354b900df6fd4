import { Anchor, Group } from '@mantine/core';
import { Link } from '../../parts/page/link.tsx';
import type { Token } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Section } from '../../parts/page/page.tsx';
import { inWords, type Sentence } from '../../parts/text/sentence.ts';
import { Ago, Moment, useNow } from '../../parts/text/time-text.tsx';
import { logPath } from '../log/log-address.ts';
import { expiringSoon } from './token-life.ts';

/** The beginning and the end of a token's secret. */
export function shortened({ prefix, lastFour }: Token): string {
  return `${prefix}…${lastFour}`;
}

interface LiveTokenProps {
  token: Token;
  /** Which other token it replaces, or is replaced by. */
  rotation: Sentence | null;
  onRotate: () => void;
  onRevoke: () => void;
}

/** An API token that works, and what can be done with it. */
export function LiveToken({ token, rotation, onRotate, onRevoke }: LiveTokenProps) {
  const { t } = useTranslation();
  const label = shortened(token);
  return (
    <Section
      title={token.name}
      intro={rotation ? inWords(rotation, t) : undefined}
      actions={
        <Group gap="xs">
          <ActButton
            act="POST /api/tokens/{id}/rotate"
            variant="default"
            size="xs"
            onClick={onRotate}
            aria-label={t('token.rotateLabel', { label })}
          >
            {t('token.rotate')}
          </ActButton>
          <ActButton
            act="DELETE /api/tokens/{id}"
            variant="default"
            size="xs"
            c="var(--mantine-color-error)"
            onClick={onRevoke}
            aria-label={t('token.revokeLabel', { label })}
          >
            {t('token.revoke')}
          </ActButton>
        </Group>
      }
    >
      <TokenFacts token={token} />
    </Section>
  );
}

function TokenFacts({ token }: { token: Token }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <dl className="facts">
      <dt>{t('token.token')}</dt>
      <dd>
        <code>{shortened(token)}</code>
      </dd>
      <dt>{t('token.lastUsed')}</dt>
      <dd>{token.lastUsedAt ? <Ago at={token.lastUsedAt} /> : t('token.never')}</dd>
      <dt>{t('token.requests')}</dt>
      <dd>
        <Anchor component={Link} to={logPath({ token: token.id })} size="sm">
          {t('log.title')}
        </Anchor>
      </dd>
      <dt>{t('token.expires')}</dt>
      <dd>
        {token.expiresAt ? <Moment at={token.expiresAt} /> : t('token.expiresNever')}{' '}
        {expiringSoon(token, now) && <StateBadge tone="amber">{t('token.soon')}</StateBadge>}
      </dd>
      <dt>{t('token.created')}</dt>
      <dd>
        <Moment at={token.createdAt} /> · {token.createdBy}
      </dd>
    </dl>
  );
}
