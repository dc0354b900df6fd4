import { Button, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { letThroughQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';

/**
 * Brings everybody back whose deactivation went through, after naming them; shows the run that did it. Nothing where nobody
 * can be brought back.
 */
export function BringBackButton({ count }: { count: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const named = useQuery({ ...letThroughQuery, enabled: asking }).data?.items ?? [];
  const others = count - named.filter(({ excluded }) => !excluded).length;
  const bringBack = useMutation({
    mutationFn: () => answer(() => api.POST('/api/removal-guard/bring-back')),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries();
      await navigate(`/user-provisioning/runs/${id}`);
    },
  });
  if (count === 0) return null;
  return (
    <>
      <ActButton
        act="POST /api/removal-guard/bring-back"
        size="xs"
        variant="default"
        onClick={() => setAsking(true)}
      >
        {t('bringBack.action', { count })}
      </ActButton>
      <Confirm
        opened={asking}
        title={t('bringBack.title', { count })}
        confirmLabel={t('bringBack.confirm')}
        pending={bringBack.isPending}
        error={bringBack.error}
        onConfirm={() => bringBack.mutate()}
        onClose={() => setAsking(false)}
      >
        <Stack gap="sm">
          <Text size="sm">{t('bringBack.text', { count })}</Text>
          <List size="sm">
            {named.map(({ directoryUserId, name, excluded }) => (
              <List.Item key={directoryUserId}>
                {excluded ? t('bringBack.excluded', { name }) : name}
              </List.Item>
            ))}
            {named.length > 0 && others > 0 && (
              <List.Item>{t('bringBack.others', { count: others })}</List.Item>
            )}
          </List>
        </Stack>
      </Confirm>
    </>
  );
}

/** Puts aside that people may be brought back, for who has decided to leave it so; nothing where something is undecided. */
export function DismissButton({ dismiss }: { dismiss: (() => void) | null }) {
  const { t } = useTranslation();
  if (dismiss === null) return null;
  return (
    <Button size="xs" variant="subtle" onClick={dismiss}>
      {t('held.dismiss')}
    </Button>
  );
}
