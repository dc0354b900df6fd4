import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api, asShown } from '../../api/client.ts';
import { settingsQuery } from '../../api/queries/overview.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Settings } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActFields } from '../../parts/acts/act-fields.tsx';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Form } from '../../parts/forms/form.tsx';
import { useUnsaved } from '../../parts/forms/unsaved.tsx';
import { type DraftState, useDraft } from '../../parts/forms/use-draft.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { useRefusal } from '../../parts/text/error-text.ts';
import { SeatsSection } from './seats-section.tsx';
import { ScheduleSection } from './schedule-section.tsx';
import { GroupsChoiceSection } from './groups-choice.tsx';
import {
  GuardSection,
  LeaversSection,
  LinkingSection,
  ReadingSection,
  RolesSection,
} from './settings-sections.tsx';

/** All settings that are saved together. */
export function SettingsForm({ saved }: { saved: Settings }) {
  const { t } = useTranslation();
  const edited = useDraft(saved, (settings) => settings);
  const save = useSave(edited);
  const refused = useRefusal(save.error);
  const { draft, change, changed, begin } = edited;
  useUnsaved(changed);
  const section = { draft, change, refused };
  return (
    <Form error={save.error} onSubmit={() => save.mutate()}>
      <ActFields act="PATCH /api/user-provisioning/settings">
        <ScheduleSection {...section} />
        <LeaversSection {...section} />
        <GuardSection {...section} />
        <LinkingSection {...section} />
        <ReadingSection {...section} />
        <GroupsChoiceSection
          choice={draft.groups}
          error={refused('groups.pattern')}
          onChange={(groups) => change({ groups })}
        />
        <SeatsSection {...section} />
        <RolesSection {...section} />
        <ErrorNote error={save.error} saidBeside={fieldsShown(draft)} />
        <Group>
          <ActButton
            act="PATCH /api/user-provisioning/settings"
            type="submit"
            loading={save.isPending}
            disabled={!changed}
          >
            {t('save')}
          </ActButton>
          {changed && (
            <Button variant="default" onClick={() => begin(saved)}>
              {t('discard')}
            </Button>
          )}
        </Group>
      </ActFields>
    </Form>
  );
}

/** The fields that are there and say themselves what is wrong with them. */
function fieldsShown({ schedule, onLeave, groups, seatOrder }: Settings): string[] {
  return [
    'removalGuard.percent',
    'removalGuard.atLeast',
    ...(schedule.which === 'daily' ? ['dailySyncAt'] : []),
    ...(schedule.which === 'times' ? ['schedule.times'] : []),
    ...(onLeave === 'delete' ? ['graceDays'] : []),
    ...(groups.which === 'matching' ? ['groups.pattern'] : []),
    ...(seatOrder.by === 'groups' ? ['seatOrder.groups'] : []),
  ];
}

function useSave({ draft, shown, begin }: DraftState<Settings, Settings>) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
    mutationFn: () =>
      answer(() =>
        api.PATCH('/api/user-provisioning/settings', { params: { header: asShown(shown) }, body: draft }),
      ),
    onSuccess: (next) => {
      begin(next);
      queryClient.setQueryData(settingsQuery.queryKey, next);
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      void queryClient.invalidateQueries({ queryKey: ['directory-groups'] });
      toast(t('saved'));
    },
  });
}
