import { ActionIcon, Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { overviewQuery } from '../../api/queries/overview.ts';
import { useTranslation } from '../../i18n.ts';
import { Section } from '../../parts/page/page.tsx';
import { Moment, Until } from '../../parts/text/time-text.tsx';
import type { SettingsSectionProps } from './settings-sections.tsx';
import { zonesOffered } from './time-zones.ts';

const ways = ['daily', 'times', 'hours'] as const;
const everyHours = [1, 2, 3, 4, 6, 8, 12] as const;
const timesMax = 24;

/** How often and when everything is synchronized, by the clocks of which zone, and when that is next. */
export function ScheduleSection({ draft, change, refused }: SettingsSectionProps) {
  const { t } = useTranslation();
  const { schedule } = draft;
  const [saved] = useState(draft.timeZone);
  const zones = useMemo(() => zonesOffered(saved, new Date()), [saved]);
  return (
    <Section title={t('settings.when')} intro={t('settings.whenText')}>
      <Radio.Group
        label={t('schedule.which')}
        value={schedule.which}
        onChange={(which) => change({ schedule: { ...schedule, which } })}
      >
        <Group gap="lg" mt={6}>
          {ways.map((which) => (
            <Radio key={which} value={which} label={t(`schedule.${which}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Group align="flex-start" gap="md">
        <Times {...{ draft, change, refused }} />
        <NativeSelect
          label={t('settings.timeZone')}
          data={zones}
          value={draft.timeZone}
          error={refused('timeZone')}
          onChange={(event) => change({ timeZone: event.currentTarget.value })}
        />
      </Group>
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t(`schedule.hint.${schedule.which}`)}
        </Text>
        <Next />
      </Stack>
    </Section>
  );
}

/** The times of the chosen way. */
function Times({ draft: { schedule, dailySyncAt }, change, refused }: SettingsSectionProps) {
  const { t } = useTranslation();
  switch (schedule.which) {
    case 'daily':
      return (
        <TimeInput
          label={t('settings.dailySyncAt')}
          value={dailySyncAt}
          error={refused('dailySyncAt')}
          onChange={(time) => change({ dailySyncAt: time })}
        />
      );
    case 'times':
      return (
        <TimesOfDay
          times={schedule.times}
          error={refused('schedule.times')}
          onChange={(times) => change({ schedule: { ...schedule, times } })}
        />
      );
    case 'hours':
      return (
        <NativeSelect
          label={t('schedule.everyHours')}
          value={String(schedule.everyHours)}
          onChange={(event) => {
            const chosen = everyHours.find((each) => String(each) === event.currentTarget.value);
            if (chosen !== undefined) change({ schedule: { ...schedule, everyHours: chosen } });
          }}
          data={everyHours.map((count) => ({
            value: String(count),
            label: t('schedule.hoursOption', { count }),
          }))}
        />
      );
  }
}

/** When it is synchronized next, as it is saved. */
function Next() {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery).data;
  if (overview === undefined) return null;
  const { nextSyncAt } = overview;
  return (
    <Text size="sm" c="dimmed">
      {nextSyncAt === null ? (
        t('schedule.notOn')
      ) : (
        <>
          {t('schedule.next')} <Moment at={nextSyncAt} /> (<Until at={nextSyncAt} />)
        </>
      )}
    </Text>
  );
}

/** Times of day, each with a button that takes it away, but for the last one. */
function TimesOfDay({
  times,
  error,
  onChange,
}: {
  times: readonly string[];
  error: string | undefined;
  onChange: (times: string[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} role="group" aria-label={t('schedule.times.label')}>
      {times.map((time, at) => (
        // A time is what stands at its place: two may be the same while they are typed.
        <Group key={at} gap={6} align="flex-end" wrap="nowrap">
          <TimeInput
            label={t('schedule.times.one', { number: at + 1 })}
            value={time}
            error={at === 0 ? error : undefined}
            onChange={(next) => onChange(times.map((each, place) => (place === at ? next : each)))}
          />
          {times.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t('schedule.times.remove', { time })}
              onClick={() => onChange(times.filter((_, place) => place !== at))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      ))}
      {times.length < timesMax && (
        <Button size="xs" variant="default" onClick={() => onChange([...times, nextTime(times)])}>
          {t('schedule.times.add')}
        </Button>
      )}
    </Stack>
  );
}

/** The first full hour after all the times, or else the first that is free. */
function nextTime(times: readonly string[]): string {
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  const last = times.toSorted().at(-1) ?? '';
  return hours.find((hour) => hour > last) ?? hours.find((hour) => !times.includes(hour)) ?? '00:00';
}

interface TimeInputProps {
  label: string;
  value: string;
  error: string | undefined;
  onChange: (time: string) => void;
}

function TimeInput({ label, value, error, onChange }: TimeInputProps) {
  return (
    <TextInput
      // Not type="time": browsers show that in the clock of their own language, not of this page.
      inputMode="numeric"
      pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
      placeholder="02:00"
      maxLength={5}
      autoComplete="off"
      w="7rem"
      label={label}
      value={value}
      error={error}
      required
      withAsterisk={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
