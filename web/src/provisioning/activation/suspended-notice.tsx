import { Box, List } from '@mantine/core';
import { useTranslation } from '../../i18n.ts';
import { formatDay } from '../../parts/text/format.ts';
import { Section } from '../../parts/page/page.tsx';
import { Notice } from '../../parts/page/states.tsx';
import { useSession } from '../../shell/session-gate.tsx';

/** Stands above every screen of a workspace that lost its entitlement, as long as nothing in it can be changed. */
export function SuspendedNotice({ until }: { until: string }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  return (
    <Box mb="lg">
      <Notice tone="warning" title={t('suspended.title', { until: formatDay(until) })}>
        {t('suspended.text', { workspace: workspace.name })}
      </Notice>
    </Box>
  );
}

/** For such a workspace in place of the overview: what stands still, what is kept, and what comes then. */
export function SuspendedScreen({ until }: { until: string }) {
  const { t } = useTranslation();
  return (
    <Section title={t('suspended.what')}>
      <List spacing="sm" size="sm">
        <List.Item>{t('suspended.refused')}</List.Item>
        <List.Item>{t('suspended.members')}</List.Item>
        <List.Item>{t('suspended.kept')}</List.Item>
        <List.Item>{t('suspended.then', { until: formatDay(until) })}</List.Item>
      </List>
    </Section>
  );
}
