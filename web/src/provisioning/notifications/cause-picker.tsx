import { Anchor, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import type { CauseKind, Channel } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';

/** What there can be messages about, in the order of how much it matters. */
const causeKinds = [
  'removals_held',
  'run_failed',
  'conflicts',
  'refusals',
  'idp_silent',
  'token_expiring',
  'token_unused',
  'first_contact',
  'weekly_digest',
] as const satisfies readonly CauseKind[];

/** What an admin is offered first: everything that needs somebody. */
export const causesAtFirst: CauseKind[] = causeKinds.filter((kind) => kind !== 'weekly_digest');

interface CausePickerProps {
  label: string;
  causes: readonly CauseKind[];
  onChange: (causes: CauseKind[]) => void;
}

/** Chooses what there are messages about. */
export function CausePicker({ label, causes, onChange }: CausePickerProps) {
  const { t } = useTranslation();
  const isAll = causes.length === causeKinds.length;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => onChange(isAll ? [] : [...causeKinds])}
        >
          {t(isAll ? 'notifications.none' : 'notifications.all')}
        </Anchor>
      </Group>
      <Checkbox.Group
        aria-label={label}
        value={[...causes]}
        onChange={(chosen) => onChange(causeKinds.filter((kind) => chosen.includes(kind)))}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
          {causeKinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`notifications.cause.${kind}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </Stack>
  );
}

/** Chooses the language of messages. */
export function LanguageSelect({
  language,
  onChange,
}: {
  language: Channel['language'];
  onChange: (language: Channel['language']) => void;
}) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('notifications.language')}
      maw="16rem"
      value={language}
      onChange={(event) => onChange(event.currentTarget.value as Channel['language'])}
      data={(['en', 'de'] as const).map((value) => ({ value, label: t(`notifications.language.${value}`) }))}
    />
  );
}
