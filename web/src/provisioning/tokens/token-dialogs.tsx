import { Badge, Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { clientsQuery } from '../../api/queries/clients.ts';
import { queryClient } from '../../api/query-client.ts';
import type { IssuedToken, Token } from '../../api/shapes.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { Form } from '../../parts/forms/form.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { daysMs } from '../../duration.ts';
import { useTranslation } from '../../i18n.ts';
import { inWords } from '../../parts/text/sentence.ts';
import { Ago } from '../../parts/text/time-text.tsx';
import { RotateConfirm } from './rotate-confirm.tsx';
import { revokeWords } from './token-words.ts';

const lifetimesDays = [90, 180, 365, 0] as const;

interface IssueDialogProps {
  onClose: () => void;
  onIssued: (token: IssuedToken) => void;
}

/** Creates an API token. */
export function CreateDialog({ opened, onClose, onIssued }: IssueDialogProps & { opened: boolean }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [days, setDays] = useState('365');
  const create = useMutation({
    mutationFn: () => {
      const expiresAt = days === '0' ? null : new Date(Date.now() + daysMs(Number(days))).toISOString();
      const body = { ...(name.trim() && { name: name.trim() }), expiresAt };
      return answer(() => api.POST('/api/tokens', { body }));
    },
    onSuccess: (token) => {
      setName('');
      onIssued(token);
    },
  });
  return (
    <Dialog opened={opened} onClose={onClose} title={t('token.create')}>
      <Form onSubmit={() => create.mutate()}>
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
      </Form>
    </Dialog>
  );
}

/** Replaces an API token; the old one keeps working for a while. */
export function RotateDialog({ token, onClose, onIssued }: IssueDialogProps & { token: Token | null }) {
  const { t } = useTranslation();
  const rotate = useMutation({
    mutationFn: ({ id, overlapHours }: { id: string; overlapHours: number }) =>
      answer(() => api.POST('/api/tokens/{id}/rotate', { params: { path: { id } }, body: { overlapHours } })),
    onSuccess: onIssued,
  });
  return (
    <RotateConfirm
      opened={token !== null}
      words={{
        title: t('token.rotateTitle', { name: token?.name ?? '' }),
        text: t('token.rotateText'),
        overlap: t('token.overlap'),
        confirm: t('token.rotate'),
      }}
      pending={rotate.isPending}
      error={rotate.error}
      onClose={onClose}
      onConfirm={(overlapHours) => token && rotate.mutate({ id: token.id, overlapHours })}
    />
  );
}

/** Revokes an API token, once the end of its secret has been typed. */
export function RevokeDialog({
  token,
  tokens,
  onClose,
}: {
  token: Token | null;
  tokens: readonly Token[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  const clients = useQuery(clientsQuery).data?.items ?? [];
  const revoke = useMutation({
    mutationFn: (id: string) => answer(() => api.DELETE('/api/tokens/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['tokens'] });
      toast(t('token.revoked'));
      onClose();
    },
  });
  return (
    <Confirm
      opened={token !== null}
      title={t('token.revokeTitle', { name: token?.name ?? '' })}
      confirmLabel={t('token.revoke')}
      danger
      typed={token?.lastFour}
      pending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => token && revoke.mutate(token.id)}
    >
      {token !== null && inWords(revokeWords(token, tokens, clients), t)}
      {token?.lastUsedAt && (
        <Badge variant="default" tt="none" ms="xs">
          {t('token.lastUsed')} <Ago at={token.lastUsedAt} />
        </Badge>
      )}
    </Confirm>
  );
}
