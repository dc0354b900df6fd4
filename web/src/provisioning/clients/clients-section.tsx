import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientsQuery } from '../../api/queries/clients.ts';
import { queryClient } from '../../api/query-client.ts';
import type { IssuedOAuthClient, OAuthClient } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Link } from '../../parts/page/link.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { Ago, Moment } from '../../parts/text/time-text.tsx';
import { logPath } from '../log/log-address.ts';
import { CreateClientDialog, RevokeClientDialog, RotateClientDialog } from './client-dialogs.tsx';
import { ClientSecretDialog } from './client-secret-dialog.tsx';

/** The OAuth clients: create, replace the secret without a gap, revoke. */
export function ClientsSection() {
  const { t } = useTranslation();
  const clients = useQuery(clientsQuery);
  const [issued, setIssued] = useState<IssuedOAuthClient | null>(null);
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<OAuthClient | null>(null);
  const [revoking, setRevoking] = useState<OAuthClient | null>(null);
  const onIssued = (client: IssuedOAuthClient) => {
    setCreating(false);
    setRotating(null);
    setIssued(client);
    void queryClient.invalidateQueries({ queryKey: clientsQuery.queryKey });
  };
  const live = (clients.data?.items ?? []).filter(({ state }) => state === 'active');
  const clientsMax = clients.data?.clientsMax ?? Infinity;
  const isFull = live.length >= clientsMax;
  return (
    <Section
      title={t('clients.title')}
      intro={t('clients.intro')}
      actions={
        <ActButton
          act="POST /api/oauth-clients"
          variant="default"
          disabled={isFull}
          onClick={() => setCreating(true)}
        >
          {t('client.create')}
        </ActButton>
      }
    >
      <ErrorNote error={clients.error} retry={() => void clients.refetch()} />
      {isFull && (
        <Text size="sm" c="dimmed">
          {t('problem.too-many-clients', { clientsMax })}
        </Text>
      )}
      {clients.isSuccess && live.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('clients.none')}
        </Text>
      )}
      {live.map((client) => (
        <LiveClient
          key={client.id}
          client={client}
          onRotate={() => setRotating(client)}
          onRevoke={() => setRevoking(client)}
        />
      ))}
      <CreateClientDialog opened={creating} onClose={() => setCreating(false)} onIssued={onIssued} />
      <RotateClientDialog client={rotating} onClose={() => setRotating(null)} onIssued={onIssued} />
      <RevokeClientDialog client={revoking} onClose={() => setRevoking(null)} />
      <ClientSecretDialog client={issued} onStored={() => setIssued(null)} />
    </Section>
  );
}

interface LiveClientProps {
  client: OAuthClient;
  onRotate: () => void;
  onRevoke: () => void;
}

function LiveClient({ client, onRotate, onRevoke }: LiveClientProps) {
  const { t } = useTranslation();
  const { name } = client;
  return (
    <div>
      <Group justify="space-between" gap="sm" mb="xs">
        <Text fw={600}>{name}</Text>
        <Group gap="xs">
          <ActButton
            act="POST /api/oauth-clients/{id}/rotate"
            variant="default"
            size="xs"
            onClick={onRotate}
            aria-label={t('client.rotateLabel', { name })}
          >
            {t('client.rotate')}
          </ActButton>
          <ActButton
            act="DELETE /api/oauth-clients/{id}"
            variant="default"
            size="xs"
            c="var(--mantine-color-error)"
            onClick={onRevoke}
            aria-label={t('client.revokeLabel', { name })}
          >
            {t('token.revoke')}
          </ActButton>
        </Group>
      </Group>
      <ClientFacts client={client} />
    </div>
  );
}

function ClientFacts({ client: { id, lastUsedAt, createdAt, createdBy, secrets } }: { client: OAuthClient }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      <dt>{t('client.id')}</dt>
      <dd>
        <code>{id}</code>
      </dd>
      <dt>{t('client.secrets')}</dt>
      <dd>
        {secrets.map(({ prefix, lastFour, expiresAt }) => (
          <div key={`${prefix}${lastFour}`}>
            <code>
              {prefix}…{lastFour}
            </code>{' '}
            {expiresAt !== null && (
              <>
                <StateBadge tone="amber">{t('client.ends')}</StateBadge> <Moment at={expiresAt} />
              </>
            )}
          </div>
        ))}
      </dd>
      <dt>{t('token.lastUsed')}</dt>
      <dd>{lastUsedAt === null ? t('token.never') : <Ago at={lastUsedAt} />}</dd>
      <dt>{t('token.requests')}</dt>
      <dd>
        <Anchor component={Link} to={logPath({ token: id })} size="sm">
          {t('log.title')}
        </Anchor>
      </dd>
      <dt>{t('token.created')}</dt>
      <dd>
        <Moment at={createdAt} /> · {createdBy}
      </dd>
    </dl>
  );
}
