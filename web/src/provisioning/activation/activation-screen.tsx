import { Group, List, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { IssuedToken } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { Benefits } from './not-entitled-screen.tsx';

/** For a workspace that may use provisioning but does not yet. `onActivated` gets the first API token. */
export function ActivationScreen({ onActivated }: { onActivated: (token: IssuedToken) => void }) {
  const { t } = useTranslation();
  const activate = useMutation({
    mutationFn: () => answer(() => api.POST('/api/user-provisioning/activate')),
    onSuccess: ({ token }) => onActivated(token),
  });
  return (
    <Section title={t('inactive.title')} intro={t('inactive.text')}>
      <Stack gap="lg">
        <Benefits />
        <List type="ordered" size="sm" spacing="xs">
          <List.Item>{t('inactive.step1')}</List.Item>
          <List.Item>{t('inactive.step2')}</List.Item>
          <List.Item>{t('inactive.step3')}</List.Item>
        </List>
        <ErrorNote error={activate.error} />
        <Group>
          <ActButton
            act="POST /api/user-provisioning/activate"
            size="md"
            loading={activate.isPending}
            onClick={() => activate.mutate()}
          >
            {t('inactive.activate')}
          </ActButton>
        </Group>
      </Stack>
    </Section>
  );
}
