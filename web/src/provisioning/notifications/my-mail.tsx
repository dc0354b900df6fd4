import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api, asShown } from '../../api/client.ts';
import { notificationsQuery } from '../../api/queries/notifications.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Notifications } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Form } from '../../parts/forms/form.tsx';
import { useUnsaved } from '../../parts/forms/unsaved.tsx';
import { useDraft } from '../../parts/forms/use-draft.ts';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote, Notice } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { useSession } from '../../shell/session-gate.tsx';
import { inWords } from '../../parts/text/sentence.ts';
import { CausePicker, LanguageSelect } from './cause-picker.tsx';
import { mineWords } from './mail-words.ts';
import { TestButton, TestResult, useTest } from './test-button.tsx';

/** What the admin who is signed in gets by e-mail. */
export function MyMail({ saved }: { saved: Notifications }) {
  const { t, language } = useTranslation();
  const toast = useToast();
  const { email } = useSession();
  const edited = useDraft(saved, ({ mine }) => ({
    causes: mine?.causes ?? [],
    language: mine?.language ?? language,
  }));
  const { draft, change, changed, begin } = edited;
  useUnsaved(changed);
  // What is sent is what was saved, and only while there is a mail server.
  const tried = changed || !saved.mail.available ? null : saved.mine;
  const test = useTest({ id: saved.mine?.id ?? '' });
  const save = useMutation({
    mutationFn: () =>
      answer(() =>
        // The setting of the workspace is in the same answer, and may have changed since this draft began.
        api.PATCH('/api/notifications', { params: { header: asShown(saved) }, body: { mine: draft } }),
      ),
    onSuccess: (next) => {
      begin(next);
      queryClient.setQueryData(notificationsQuery.queryKey, next);
      toast(t('saved'));
    },
  });
  if (!saved.mail.available && saved.mine === null) {
    return (
      <Notice tone="info" title={t('notifications.mailOff')}>
        {t('notifications.mailOffText')}
      </Notice>
    );
  }
  return (
    <Section title={t('notifications.mine')} intro={inWords(mineWords(saved, email), t)}>
      <Form onSubmit={() => save.mutate()}>
        <Stack>
          <CausePicker
            label={t('notifications.about')}
            causes={draft.causes}
            onChange={(causes) => change({ causes })}
          />
          <LanguageSelect language={draft.language} onChange={(next) => change({ language: next })} />
          <ErrorNote error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!changed}>
              {t('save')}
            </Button>
            {changed && (
              <Button variant="default" onClick={() => begin(saved)}>
                {t('discard')}
              </Button>
            )}
            {tried !== null && <TestButton channel={tried} test={test} size="sm" />}
          </Group>
        </Stack>
      </Form>
      {tried !== null && <TestResult channel={tried} test={test} />}
    </Section>
  );
}
