import { Anchor, Badge, Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { tokensQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { IssuedToken, Token } from '../../api/shapes.ts';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { StateBadge } from '../../parts/page/badges.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { Ago, Moment, useNow } from '../../parts/text/time-text.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { logPath } from '../log/log-address.ts';
import { SecretDialog } from '../connect/secret-dialog.tsx';
import { expiringSoon } from './token-life.ts';

const lifetimesDays = [90, 180, 365, 0] as const;
const overlapsHours = [0, 1, 24, 72] as const;
const dayMs = 86_400_000;
const refresh = () => queryClient.invalidateQueries({ queryKey: ['tokens'] });

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
    void refresh();
  };
  const items = tokens.data?.items ?? [];
  const live = items.filter((token) => token.state === 'active');
  const dead = items.filter((token) => token.state !== 'active');
  return (
    <Page
      title={t('tokens.title')}
      intro={t('tokens.intro')}
      actions={<Button onClick={() => setCreating(true)}>{t('token.create')}</Button>}
    >
      <ErrorNote error={tokens.error} retry={() => void tokens.refetch()} />
      {tokens.isPending ? (
        <ListSkeleton />
      ) : live.length === 0 ? (
        <Section>
          <EmptyState title={t('token.noneTitle')} text={t('token.noneText')} />
        </Section>
      ) : (
        live.map((token) => (
          <LiveToken
            key={token.id}
            token={token}
            onRotate={() => setRotating(token)}
            onRevoke={() => setRevoking(token)}
          />
        ))
      )}
      {dead.length > 0 && (
        <Section title={t('tokens.past')}>
          {dead.map((token) => (
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
      )}
      <CreateDialog opened={creating} onClose={() => setCreating(false)} onIssued={onIssued} />
      <RotateDialog token={rotating} onClose={() => setRotating(null)} onIssued={onIssued} />
      <RevokeDialog token={revoking} last={live.length === 1} onClose={() => setRevoking(null)} />
      <SecretDialog token={issued} onStored={() => setIssued(null)} />
    </Page>
  );
}

function shortened({ prefix, lastFour }: Token): string {
  return `${prefix}…${lastFour}`;
}

function LiveToken({
  token,
  onRotate,
  onRevoke,
}: {
  token: Token;
  onRotate: () => void;
  onRevoke: () => void;
}) {
  const { t } = useTranslation();
  const now = useNow();
  const label = shortened(token);
  return (
    <Section
      title={token.name}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            onClick={onRotate}
            aria-label={t('token.rotateLabel', { label })}
          >
            {t('token.rotate')}
          </Button>
          <Button
            variant="default"
            size="xs"
            c="var(--mantine-color-error)"
            onClick={onRevoke}
            aria-label={t('token.revokeLabel', { label })}
          >
            {t('token.revoke')}
          </Button>
        </Group>
      }
    >
      <dl className="facts">
        <dt>{t('token.token')}</dt>
        <dd>
          <code>{label}</code>
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
    </Section>
  );
}

interface IssueDialogProps {
  onClose: () => void;
  onIssued: (token: IssuedToken) => void;
}

function CreateDialog({ opened, onClose, onIssued }: IssueDialogProps & { opened: boolean }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [days, setDays] = useState('365');
  const create = useMutation({
    mutationFn: () => {
      const expiresAt = days === '0' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString();
      const body = { ...(name.trim() && { name: name.trim() }), expiresAt };
      return answer(() => api.POST('/api/tokens', { body }));
    },
    onSuccess: (token) => {
      setName('');
      onIssued(token);
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('token.create')}
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t('token.name')}
            description={t('token.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('token.lifetime')}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            data={lifetimesDays.map((each) => ({
              value: String(each),
              label: each === 0 ? t('token.expiresNever') : t('token.days', { count: each }),
            }))}
          />
          <ErrorNote error={create.error} />
          <DialogButtons onCancel={onClose}>
            <Button type="submit" loading={create.isPending}>
              {t('token.create')}
            </Button>
          </DialogButtons>
        </Stack>
      </form>
    </Modal>
  );
}

function RotateDialog({ token, onClose, onIssued }: IssueDialogProps & { token: Token | null }) {
  const { t } = useTranslation();
  const [hours, setHours] = useState('24');
  const rotate = useMutation({
    mutationFn: (id: string) =>
      answer(() =>
        api.POST('/api/tokens/{id}/rotate', {
          params: { path: { id } },
          body: { overlapHours: Number(hours) },
        }),
      ),
    onSuccess: onIssued,
  });
  return (
    <Confirm
      opened={token !== null}
      title={t('token.rotateTitle')}
      confirmLabel={t('token.rotate')}
      pending={rotate.isPending}
      error={rotate.error}
      onClose={onClose}
      onConfirm={() => token && rotate.mutate(token.id)}
    >
      <Stack gap="sm">
        <p style={{ margin: 0 }}>{t('token.rotateText')}</p>
        <NativeSelect
          label={t('token.overlap')}
          value={hours}
          onChange={(event) => setHours(event.currentTarget.value)}
          data={overlapsHours.map((each) => ({
            value: String(each),
            label: each === 0 ? t('token.overlapNone') : t('token.hours', { count: each }),
          }))}
        />
      </Stack>
    </Confirm>
  );
}

function RevokeDialog({ token, last, onClose }: { token: Token | null; last: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const revoke = useMutation({
    mutationFn: (id: string) => answer(() => api.DELETE('/api/tokens/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await refresh();
      toast(t('token.revoked'));
      onClose();
    },
  });
  return (
    <Confirm
      opened={token !== null}
      title={t('token.revokeTitle')}
      confirmLabel={t('token.revoke')}
      danger
      typed={token?.lastFour}
      pending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => token && revoke.mutate(token.id)}
    >
      {t(last ? 'token.revokeLast' : 'token.revokeText')}
      {token?.lastUsedAt && (
        <Badge variant="default" tt="none" ms="xs">
          {t('token.lastUsed')} <Ago at={token.lastUsedAt} />
        </Badge>
      )}
    </Confirm>
  );
}
