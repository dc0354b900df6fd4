import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from '../../parts/page/link.tsx';
import { clientsQuery } from '../../api/queries/clients.ts';
import { tokensQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import type { IssuedToken, Token } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { ClientsSection } from '../clients/clients-section.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { SecretDialog } from '../connect/secret-dialog.tsx';
import { logPath } from '../log/log-address.ts';
import { LiveToken, shortened } from './live-token.tsx';
import { noTokenWords, rotationWords } from './token-words.ts';
import { CreateDialog, RevokeDialog, RotateDialog } from './token-dialogs.tsx';

/** The API tokens: create, rotate without a gap, revoke. */
export function TokensPage() {
  const { t } = useTranslation();
  const tokens = useQuery(tokensQuery);
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<Token | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const onIssued = (token: IssuedToken) => {
    setCreating(false);
    setRotating(null);
    setIssued(token);
    void queryClient.invalidateQueries({ queryKey: ['tokens'] });
  };
  const items = tokens.data?.items ?? [];
  const live = items.filter((token) => token.state === 'active');
  const tokensMax = tokens.data?.tokensMax ?? Infinity;
  const isFull = live.length >= tokensMax;
  const dead = items.filter((token) => token.state !== 'active');
  return (
    <Page
      title={t('tokens.title')}
      intro={t('tokens.intro')}
      actions={
        <ActButton act="POST /api/tokens" disabled={isFull} onClick={() => setCreating(true)}>
          {t('token.create')}
        </ActButton>
      }
    >
      <ErrorNote error={tokens.error} retry={() => void tokens.refetch()} />
      {isFull && (
        <Text size="sm" c="dimmed">
          {t('problem.too-many-tokens', { tokensMax })}
        </Text>
      )}
      {tokens.isPending ? (
        <ListSkeleton />
      ) : live.length === 0 ? (
        <NoToken error={tokens.error} />
      ) : (
        live.map((token) => (
          <LiveToken
            key={token.id}
            token={token}
            rotation={rotationWords(token, live)}
            onRotate={() => setRotating(token)}
            onRevoke={() => setRevoking(token)}
          />
        ))
      )}
      <ClientsSection />
      {dead.length > 0 && <PastTokens tokens={dead} />}
      <CreateDialog opened={creating} onClose={() => setCreating(false)} onIssued={onIssued} />
      <RotateDialog token={rotating} onClose={() => setRotating(null)} onIssued={onIssued} />
      <RevokeDialog token={revoking} tokens={live} onClose={() => setRevoking(null)} />
      <SecretDialog token={issued} onStored={() => setIssued(null)} />
    </Page>
  );
}

/** That no API token works, and whether anybody can connect without one. */
function NoToken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const clients = useQuery(clientsQuery);
  if (clients.isPending) return <ListSkeleton />;
  const words = noTokenWords(clients.data?.items ?? []);
  return (
    <Section>
      <EmptyState title={t('token.noneTitle')} text={inWords(words, t)} error={error} />
    </Section>
  );
}

/** The API tokens that no longer work, with their requests. */
function PastTokens({ tokens }: { tokens: readonly Token[] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('tokens.past')}>
      {tokens.map((token) => (
        <Group key={token.id} gap="sm">
          <code>{shortened(token)}</code>
          <StateBadge tone="gray">{t(`token.state.${token.state}`)}</StateBadge>
          <Text size="sm" c="dimmed">
            {token.name}
          </Text>
          <Anchor component={Link} to={logPath({ token: token.id })} size="sm">
            {t('token.requests')}
          </Anchor>
        </Group>
      ))}
    </Section>
  );
}
