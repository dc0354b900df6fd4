import { Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { tokensQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import { CopyField } from '../../parts/dialogs/copy-field.tsx';
import { useTranslation } from '../../i18n.ts';
import { isForProvider } from '../tokens/token-life.ts';
import { MakeButton } from './make-button.tsx';

/** A token made where it is needed: its secret stands here until the page is left, and nowhere afterwards. */
export function TokenMaker({ name, label, form }: { name: string; label: string; form: 'plain' | 'bearer' }) {
  const { t } = useTranslation();
  const { data: tokens, isPending } = useQuery(tokensQuery);
  const live = (tokens?.items ?? []).filter(({ state }) => state === 'active');
  const full =
    tokens !== undefined && live.length >= tokens.tokensMax
      ? t('problem.too-many-tokens', { tokensMax: tokens.tokensMax })
      : null;
  const usable = live.filter(isForProvider);
  const [newest] = usable;
  const make = useMutation({
    mutationFn: () => answer(() => api.POST('/api/tokens', { body: { name } })),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['tokens'] }),
  });
  if (make.data !== undefined) {
    const { secret } = make.data;
    return (
      <Stack gap={4}>
        <CopyField label={label} value={form === 'bearer' ? `Bearer ${secret}` : secret} />
        <Text size="sm" c="dimmed" role="status">
          {t('guide.token.once')}
        </Text>
      </Stack>
    );
  }
  // There may be one already: nobody is asked to create one before that is known.
  if (isPending) return null;
  return (
    <Stack gap={6} align="flex-start">
      {newest !== undefined && (
        <Text size="sm" c="dimmed">
          {t('guide.token.have', { count: usable.length, lastFour: newest.lastFour })}{' '}
          {full === null && t('guide.token.else')}
        </Text>
      )}
      <MakeButton
        act="POST /api/tokens"
        label={t(newest === undefined ? 'guide.token.make' : 'guide.token.another')}
        full={full}
        make={make}
      />
    </Stack>
  );
}
