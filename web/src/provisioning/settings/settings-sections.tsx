import { Group, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { overviewQuery, removalGuardQuery } from '../../api/queries/overview.ts';
import type { Settings } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { NumberField } from '../../parts/forms/number-field.tsx';
import { Section } from '../../parts/page/page.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { guardSettingWords } from './guard-setting-words.ts';

export interface SettingsSectionProps {
  draft: Settings;
  change: (part: Partial<Settings>) => void;
  /** What the service refused about a field. */
  refused: (path: string) => string | undefined;
}

/** What happens to people who leave and people who return, and when. */
export function LeaversSection({ draft, change, refused }: SettingsSectionProps) {
  const { t } = useTranslation();
  const moments = (['immediately', 'next_sync'] as const).map((value) => ({
    value,
    label: t(`settings.leavers.${value}`),
  }));
  return (
    <Section title={t('settings.leavers')} intro={t('settings.leaversText')}>
      <Stack className="fields-narrow">
        <NativeSelect
          label={t('settings.leaversWhen')}
          value={draft.leavers}
          onChange={(event) => change({ leavers: event.currentTarget.value as Settings['leavers'] })}
          data={moments}
        />
        <NativeSelect
          label={t('settings.returnersWhen')}
          description={t('settings.returnersHint')}
          value={draft.returners}
          onChange={(event) => change({ returners: event.currentTarget.value as Settings['returners'] })}
          data={moments}
        />
        <NativeSelect
          label={t('settings.onLeave')}
          value={draft.onLeave}
          onChange={(event) => change({ onLeave: event.currentTarget.value as Settings['onLeave'] })}
          data={(['deactivate', 'delete'] as const).map((value) => ({
            value,
            label: t(`settings.onLeave.${value}`),
          }))}
        />
        {draft.onLeave === 'delete' && (
          <NumberField
            label={t('settings.graceDays')}
            description={t('settings.graceDaysHint')}
            min={0}
            allowDecimal={false}
            value={draft.graceDays}
            error={refused('graceDays')}
            onChange={(value) => change({ graceDays: value })}
          />
        )}
      </Stack>
    </Section>
  );
}

/** When privileged roles are gained, where the product has roles. */
export function RolesSection({ draft, change }: SettingsSectionProps) {
  const { t } = useTranslation();
  if (useQuery(overviewQuery).data?.hasRoles !== true) return null;
  return (
    <Section title={t('nav.roles')}>
      <Stack className="fields-narrow">
        <NativeSelect
          label={t('roles.whenPrivileged')}
          description={t('roles.whenPrivilegedHint')}
          value={draft.privilegedRoles}
          onChange={(event) =>
            change({ privilegedRoles: event.currentTarget.value as Settings['privilegedRoles'] })
          }
          data={(['reviewed', 'immediately'] as const).map((value) => ({
            value,
            label: t(`roles.whenPrivileged.${value}`),
          }))}
        />
      </Stack>
    </Section>
  );
}

/** How many people may leave at once before the rest wait for an admin. */
export function GuardSection({
  draft: { removalGuard, heldLeavers },
  change,
  refused,
}: SettingsSectionProps) {
  const { t } = useTranslation();
  const { managed = null, used = null } = useQuery(removalGuardQuery).data ?? {};
  const meaning = guardSettingWords(removalGuard, managed, used);
  return (
    <Section title={t('settings.guard')} intro={t('settings.guardText')}>
      <Group align="flex-start">
        <NumberField
          label={t('settings.guardPercent')}
          suffix=" %"
          min={0}
          max={100}
          value={removalGuard.percent}
          error={refused('removalGuard.percent')}
          onChange={(value) => change({ removalGuard: { ...removalGuard, percent: value } })}
        />
        <NumberField
          label={t('settings.guardAtLeast')}
          min={0}
          allowDecimal={false}
          value={removalGuard.atLeast}
          error={refused('removalGuard.atLeast')}
          onChange={(value) => change({ removalGuard: { ...removalGuard, atLeast: value } })}
        />
      </Group>
      <Text size="sm" role="status">
        {meaning.map((sentence) => inWords(sentence, t)).join(' ')}
      </Text>
      <Stack className="fields-narrow">
        <NativeSelect
          label={t('settings.heldLeavers')}
          description={t('settings.heldLeaversHint')}
          value={heldLeavers}
          onChange={(event) => change({ heldLeavers: event.currentTarget.value as Settings['heldLeavers'] })}
          data={(['suspend', 'keep'] as const).map((value) => ({
            value,
            label: t(`settings.heldLeavers.${value}`),
          }))}
        />
      </Stack>
    </Section>
  );
}

/** Whether people are linked to members with the same e-mail address. */
export function LinkingSection({ draft, change }: SettingsSectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.linking')}>
      <Switch
        label={t('settings.linkByEmail')}
        description={t('settings.linkByEmailHint')}
        checked={draft.linkByEmail}
        onChange={(event) => change({ linkByEmail: event.currentTarget.checked })}
      />
    </Section>
  );
}

/** How requests of the identity provider are read. */
export function ReadingSection({ draft, change }: SettingsSectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.reading')}>
      <Switch
        label={t('settings.absentActive')}
        description={t('settings.absentActiveHint')}
        checked={draft.absentActiveIsInactive}
        onChange={(event) => change({ absentActiveIsInactive: event.currentTarget.checked })}
      />
    </Section>
  );
}
