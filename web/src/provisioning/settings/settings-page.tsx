import { Button, Group, NativeSelect, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, asShown } from '../../api/client.ts';
import { settingsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Settings } from '../../api/shapes.ts';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { useRefusal } from '../../parts/text/error-text.ts';
import { Page, Section } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { useSession } from '../../shell/session-gate.tsx';
import { AutomaticSyncSection } from './automatic-sync.tsx';
import { GroupsChoiceSection } from './groups-choice.tsx';

const zones = Intl.supportedValuesOf('timeZone');

/** When it is synchronized, what happens to leavers, how much may go at once. */
export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery);
  return (
    <Page title={t('settings.title')} intro={t('settings.intro')}>
      <ErrorNote error={settings.error} retry={() => void settings.refetch()} />
      <AutomaticSyncSection />
      {settings.data === undefined ? <ListSkeleton /> : <Form saved={settings.data} />}
      <Deactivation />
    </Page>
  );
}

function Form({ saved }: { saved: Settings }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [draft, setDraft] = useState(saved);
  /** What the draft began with: what somebody else saves meanwhile must not be written over. */
  const [shown, setShown] = useState(saved);
  const change = (part: Partial<Settings>) => setDraft((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () =>
      answer(() =>
        api.PATCH('/api/user-provisioning/settings', { params: { header: asShown(shown) }, body: draft }),
      ),
    onSuccess: (next) => {
      setDraft(next);
      setShown(next);
      queryClient.setQueryData(settingsQuery.queryKey, next);
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      void queryClient.invalidateQueries({ queryKey: ['directory-groups'] });
      toast(t('saved'));
    },
  });
  const changed = JSON.stringify(draft) !== JSON.stringify(saved);
  const refused = useRefusal(save.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <Section title={t('settings.when')} intro={t('settings.whenText')}>
          <Group align="flex-start" gap="md">
            <TextInput
              // Not of type time: browsers show that in the clock of their own language, not of this page.
              inputMode="numeric"
              pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
              placeholder="02:00"
              maxLength={5}
              autoComplete="off"
              w="7rem"
              label={t('settings.dailySyncAt')}
              value={draft.dailySyncAt}
              error={refused('dailySyncAt')}
              required
              withAsterisk={false}
              onChange={(event) => change({ dailySyncAt: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('settings.timeZone')}
              data={zones.includes(draft.timeZone) ? zones : [draft.timeZone, ...zones]}
              value={draft.timeZone}
              error={refused('timeZone')}
              onChange={(event) => change({ timeZone: event.currentTarget.value })}
            />
          </Group>
        </Section>
        <Section title={t('settings.leavers')} intro={t('settings.leaversText')}>
          <Stack className="fields-narrow">
            <NativeSelect
              label={t('settings.leaversWhen')}
              value={draft.leavers}
              onChange={(event) => change({ leavers: event.currentTarget.value as Settings['leavers'] })}
              data={[
                { value: 'immediately', label: t('settings.leavers.immediately') },
                { value: 'next_sync', label: t('settings.leavers.next_sync') },
              ]}
            />
            <NativeSelect
              label={t('settings.returnersWhen')}
              description={t('settings.returnersHint')}
              value={draft.returners}
              onChange={(event) => change({ returners: event.currentTarget.value as Settings['returners'] })}
              data={[
                { value: 'immediately', label: t('settings.leavers.immediately') },
                { value: 'next_sync', label: t('settings.leavers.next_sync') },
              ]}
            />
            <NativeSelect
              label={t('settings.onLeave')}
              value={draft.onLeave}
              onChange={(event) => change({ onLeave: event.currentTarget.value as Settings['onLeave'] })}
              data={[
                { value: 'deactivate', label: t('settings.onLeave.deactivate') },
                { value: 'delete', label: t('settings.onLeave.delete') },
              ]}
            />
            {draft.onLeave === 'delete' && (
              <NumberInput
                label={t('settings.graceDays')}
                description={t('settings.graceDaysHint')}
                min={0}
                allowDecimal={false}
                value={draft.graceDays}
                error={refused('graceDays')}
                onChange={(value) => change({ graceDays: Number(value) })}
              />
            )}
          </Stack>
        </Section>
        <Section title={t('settings.guard')} intro={t('settings.guardText')}>
          <Group align="flex-start">
            <NumberInput
              label={t('settings.guardPercent')}
              suffix=" %"
              min={0}
              max={100}
              value={draft.removalGuard.percent}
              error={refused('removalGuard.percent')}
              onChange={(value) =>
                change({ removalGuard: { ...draft.removalGuard, percent: Number(value) } })
              }
            />
            <NumberInput
              label={t('settings.guardAtLeast')}
              min={0}
              allowDecimal={false}
              value={draft.removalGuard.atLeast}
              error={refused('removalGuard.atLeast')}
              onChange={(value) =>
                change({ removalGuard: { ...draft.removalGuard, atLeast: Number(value) } })
              }
            />
          </Group>
        </Section>
        <Section title={t('settings.linking')}>
          <Switch
            label={t('settings.linkByEmail')}
            description={t('settings.linkByEmailHint')}
            checked={draft.linkByEmail}
            onChange={(event) => change({ linkByEmail: event.currentTarget.checked })}
          />
        </Section>
        <Section title={t('settings.reading')}>
          <Switch
            label={t('settings.absentActive')}
            description={t('settings.absentActiveHint')}
            checked={draft.absentActiveIsInactive}
            onChange={(event) => change({ absentActiveIsInactive: event.currentTarget.checked })}
          />
        </Section>
        <GroupsChoiceSection
          choice={draft.groups}
          error={refused('groups.pattern')}
          onChange={(groups) => change({ groups })}
        />
        <ErrorNote error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!changed}>
            {t('save')}
          </Button>
          {changed && (
            <Button variant="default" onClick={() => setDraft(saved)}>
              {t('discard')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function Deactivation() {
  const { t } = useTranslation();
  const toast = useToast();
  const { workspace } = useSession();
  const [asking, setAsking] = useState(false);
  const deactivate = useMutation({
    mutationFn: () => answer(() => api.POST('/api/user-provisioning/deactivate')),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      toast(t('deactivate.done'));
    },
  });
  return (
    <Section
      title={t('deactivate.title')}
      intro={t('deactivate.text')}
      actions={
        <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsking(true)}>
          {t('deactivate.action')}
        </Button>
      }
    >
      <Confirm
        opened={asking}
        title={t('deactivate.title')}
        confirmLabel={t('deactivate.action')}
        danger
        typed={workspace.name}
        pending={deactivate.isPending}
        error={deactivate.error}
        onClose={() => setAsking(false)}
        onConfirm={() => deactivate.mutate()}
      >
        <Text size="sm">{t('deactivate.confirm')}</Text>
      </Confirm>
    </Section>
  );
}
