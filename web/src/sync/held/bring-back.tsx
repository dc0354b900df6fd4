import { Button, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { letThroughQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Overview } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { bringBackWords } from './bring-back-words.ts';
import { broughtBackIn } from './guard-words.ts';

/**
 * Brings everybody back whose deactivation went through, after naming them; shows the run that did it. Nothing where nobody
 * can be brought back.
 */
export function BringBackButton({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const named = useQuery({ ...letThroughQuery, enabled: asking }).data?.items ?? [];
  const words = bringBackWords(overview);
  const others = broughtBackIn(overview) - named.filter(({ excluded }) => !excluded).length;
  const bringBack = useMutation({
    mutationFn: () => answer(() => api.POST('/api/removal-guard/bring-back')),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries();
      await navigate(`/user-provisioning/runs/${id}`);
    },
  });
  if (words === null) return null;
  return (
    <>
      <ActButton
        act="POST /api/removal-guard/bring-back"
        size="xs"
        variant="default"
        disabled={words.refusal !== null}
        title={words.refusal === null ? undefined : inWords(words.refusal, t)}
        onClick={() => setAsking(true)}
      >
        {inWords(words.action, t)}
      </ActButton>
      <Confirm
        opened={asking}
        title={inWords(words.title, t)}
        confirmLabel={t('bringBack.confirm')}
        pending={bringBack.isPending}
        error={bringBack.error}
        onConfirm={() => bringBack.mutate()}
        onClose={() => setAsking(false)}
      >
        <Stack gap="sm">
          <Text size="sm">{inWords(words.text, t)}</Text>
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
