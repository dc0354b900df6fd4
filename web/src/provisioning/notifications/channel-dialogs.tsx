import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api, asShown } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { AddedChannel, Channel, NewChannel } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { Form } from '../../parts/forms/form.tsx';
import { Unsaved } from '../../parts/forms/unsaved.tsx';
import { useDraft } from '../../parts/forms/use-draft.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { useRefusal } from '../../parts/text/error-text.ts';
import { CausePicker, causesAtFirst, LanguageSelect } from './cause-picker.tsx';

const kinds = ['slack', 'teams', 'webhook'] as const;
const refresh = () => queryClient.invalidateQueries({ queryKey: ['notifications'] });

interface AddChannelDialogProps {
  onClose: () => void;
  onAdded: (channel: AddedChannel) => void;
}

/** Adds an address that messages go to. */
export function AddChannelDialog({ onClose, onAdded }: AddChannelDialogProps) {
  const { t, language } = useTranslation();
  const { draft, change, changed } = useDraft<null, NewChannel>(null, () => ({
    kind: 'slack',
    name: '',
    url: '',
    causes: causesAtFirst,
    language,
  }));
  const add = useMutation({
    mutationFn: () => answer(() => api.POST('/api/notifications/channels', { body: draft })),
    onSuccess: async (channel) => {
      await refresh();
      onAdded(channel);
    },
  });
  const refused = useRefusal(add.error);
  return (
    <Dialog opened onClose={onClose} title={t('notifications.add')} size="lg">
      <Form error={add.error} onSubmit={() => add.mutate()}>
        <Unsaved isChanged={changed} />
        <Stack>
          <NativeSelect
            data-autofocus
            label={t('notifications.kind')}
            description={t(`notifications.kindHint.${draft.kind}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={draft.kind}
            onChange={(event) => change({ kind: event.currentTarget.value as NewChannel['kind'] })}
            data={kinds.map((value) => ({ value, label: t(`notifications.kind.${value}`) }))}
          />
          <NameInput name={draft.name} error={refused('name')} onChange={(name) => change({ name })} />
          <TextInput
            label={t('notifications.url')}
            type="url"
            placeholder="https://"
            autoComplete="off"
            required
            withAsterisk={false}
            value={draft.url}
            error={refused('url')}
            onChange={(event) => change({ url: event.currentTarget.value })}
          />
          <CausePicker
            label={t('notifications.aboutChannel')}
            causes={draft.causes}
            onChange={(causes) => change({ causes })}
          />
          <LanguageSelect language={draft.language} onChange={(next) => change({ language: next })} />
          <ErrorNote error={add.error} saidBeside={['name', 'url']} />
          <DialogButtons onCancel={onClose}>
            <Button type="submit" loading={add.isPending}>
              {t('notifications.add')}
            </Button>
          </DialogButtons>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** Changes what a channel is told of. Its address stays: for another one, another channel is added. */
export function ChangeChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { draft, change, changed } = useDraft(channel, ({ name, causes, language }) => ({
    name,
    causes,
    language,
  }));
  const save = useMutation({
    mutationFn: () =>
      answer(() =>
        api.PATCH('/api/notifications/channels/{id}', {
          params: { path: { id: channel.id }, header: asShown(channel) },
          body: draft,
        }),
      ),
    onSuccess: async () => {
      await refresh();
      toast(t('saved'));
      onClose();
    },
  });
  const refused = useRefusal(save.error);
  return (
    <Dialog opened onClose={onClose} title={t('notifications.change', { name: channel.name })} size="lg">
      <Form error={save.error} onSubmit={() => save.mutate()}>
        <Unsaved isChanged={changed} />
        <Stack>
          <NameInput name={draft.name} error={refused('name')} onChange={(name) => change({ name })} />
          <CausePicker
            label={t('notifications.aboutChannel')}
            causes={draft.causes}
            onChange={(causes) => change({ causes })}
          />
          <LanguageSelect language={draft.language} onChange={(next) => change({ language: next })} />
          <ErrorNote error={save.error} saidBeside={['name']} />
          <DialogButtons onCancel={onClose}>
            <Button type="submit" loading={save.isPending}>
              {t('save')}
            </Button>
          </DialogButtons>
        </Stack>
      </Form>
    </Dialog>
  );
}

function NameInput({
  name,
  error,
  onChange,
}: {
  name: string;
  error?: string;
  onChange: (name: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('notifications.name')}
      description={t('notifications.nameHint')}
      required
      withAsterisk={false}
      value={name}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
