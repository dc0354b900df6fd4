import { List, Stack, Text } from '@mantine/core';
import { IconBolt, IconEyeCheck, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { useSession } from '../../shell/session-gate.tsx';

const iconSizePx = 20;

/** What user provisioning does, as both screens before activation say it. */
export function Benefits() {
  const { t } = useTranslation();
  return (
    <List spacing="sm" size="sm" className="benefits">
      <List.Item icon={<IconBolt size={iconSizePx} aria-hidden />}>{t('benefit.joiners')}</List.Item>
      <List.Item icon={<IconEyeCheck size={iconSizePx} aria-hidden />}>{t('benefit.preview')}</List.Item>
      <List.Item icon={<IconShieldCheck size={iconSizePx} aria-hidden />}>{t('benefit.leavers')}</List.Item>
    </List>
  );
}

/** For a workspace that may not use user provisioning: what it does and who can enable it. */
export function NotEntitledScreen() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  return (
    <Stack>
      <Notice tone="info" title={t('notEntitled.title')}>
        {t('notEntitled.ask', { workspace: workspace.name })}
      </Notice>
      <Section title={t('notEntitled.what')}>
        <Benefits />
        <Text size="sm" c="dimmed">
          {t('notEntitled.standards')}
        </Text>
      </Section>
    </Stack>
  );
}
