import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { clientsQuery } from '../../api/queries/clients.ts';
import { queryClient } from '../../api/query-client.ts';
import type { IssuedOAuthClient, OAuthClient } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { Form } from '../../parts/forms/form.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { RotateConfirm } from '../tokens/rotate-confirm.tsx';

interface IssueDialogProps {
  onClose: () => void;
  onIssued: (client: IssuedOAuthClient) => void;
}

/** Creates an OAuth client. */
export function CreateClientDialog({ opened, onClose, onIssued }: IssueDialogProps & { opened: boolean }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () =>
      answer(() => api.POST('/api/oauth-clients', { body: name.trim() === '' ? {} : { name: name.trim() } })),
    onSuccess: (client) => {
      setName('');
      onIssued(client);
    },
  });
  return (
    <Dialog opened={opened} onClose={onClose} title={t('client.create')}>
      <Form onSubmit={() => create.mutate()}>
        <Stack>
          <TextInput
            data-autofocus
            label={t('token.name')}
            description={t('client.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ErrorNote error={create.error} />
          <DialogButtons onCancel={onClose}>
            <Button type="submit" loading={create.isPending}>
              {t('client.create')}
            </Button>
          </DialogButtons>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** Replaces the secret of an OAuth client; the old one keeps working for a while. */
export function RotateClientDialog({
  client,
  onClose,
  onIssued,
}: IssueDialogProps & { client: OAuthClient | null }) {
  const { t } = useTranslation();
  const rotate = useMutation({
    mutationFn: ({ id, overlapHours }: { id: string; overlapHours: number }) =>
      answer(() =>
        api.POST('/api/oauth-clients/{id}/rotate', { params: { path: { id } }, body: { overlapHours } }),
      ),
    onSuccess: onIssued,
  });
  return (
    <RotateConfirm
      opened={client !== null}
      words={{
        title: t('client.rotateTitle', { name: client?.name ?? '' }),
        text: t('client.rotateText'),
        overlap: t('client.overlap'),
        confirm: t('client.rotate'),
      }}
      pending={rotate.isPending}
      error={rotate.error}
      onClose={onClose}
      onConfirm={(overlapHours) => client && rotate.mutate({ id: client.id, overlapHours })}
    />
  );
}

/** Revokes an OAuth client, once its name has been typed. */
export function RevokeClientDialog({ client, onClose }: { client: OAuthClient | null; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const revoke = useMutation({
    mutationFn: (id: string) =>
      answer(() => api.DELETE('/api/oauth-clients/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: clientsQuery.queryKey });
      toast(t('client.revoked'));
      onClose();
    },
  });
  return (
    <Confirm
      opened={client !== null}
      title={t('client.revokeTitle', { name: client?.name ?? '' })}
      confirmLabel={t('token.revoke')}
      danger
      typed={client?.name}
      pending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => client && revoke.mutate(client.id)}
    >
      {t('client.revokeText')}
    </Confirm>
  );
}
