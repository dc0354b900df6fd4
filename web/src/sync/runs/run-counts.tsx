import { Group, Text } from '@mantine/core';
import { type Pending, pendingKinds } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { KindBadge } from '../../parts/page/badges.tsx';
import { formatNumber } from '../../parts/text/format.ts';

/** What a run did, by kind, each with its badge. */
export function RunCounts({ counts }: { counts: Pending }) {
  const { t } = useTranslation();
  const kinds = pendingKinds.filter((kind) => counts[kind] > 0);
  if (kinds.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t('run.nothing')}
      </Text>
    );
  }
  return kinds.map((kind) => (
    <Group key={kind} gap={6} wrap="nowrap" component="span">
      <KindBadge kind={kind} />
      <Text span size="sm">
        {formatNumber(counts[kind])}
      </Text>
    </Group>
  ));
}

const noBreak = '\u00a0';

/** What a run did, as one sentence: “7 created, 35 updated”; a number stays with its word. */
export function RunWords({ counts }: { counts: Pending }) {
  const { t } = useTranslation();
  const kinds = pendingKinds.filter((kind) => counts[kind] > 0);
  if (kinds.length === 0) return <>{t('run.nothing')}</>;
  const did = kinds.map((kind) => t(`run.did.${kind}`, { count: counts[kind] }).replaceAll(' ', noBreak));
  return <>{did.join(', ')}</>;
}
