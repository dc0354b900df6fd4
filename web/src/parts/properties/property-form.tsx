import { Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api, asShown } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Property } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../acts/act-button.tsx';
import { DialogButtons } from '../dialogs/dialog-buttons.tsx';
import { Form } from '../forms/form.tsx';
import { useUnsaved } from '../forms/unsaved.tsx';
import { type DraftState, useDraft } from '../forms/use-draft.ts';
import { ErrorNote } from '../page/states.tsx';
import { useToast } from '../page/toast.tsx';
import { useRefusal } from '../text/error-text.ts';
import { draftOf, hasOptions, type PropertyDraft, toBody } from './property-draft.ts';

const types: readonly Property['type'][] = [
  'text',
  'long_text',
  'number',
  'checkbox',
  'date',
  'select',
  'multi_select',
  'url',
  'email',
  'phone',
  'user',
];
const fillers: readonly Property['filledBy'][] = ['both', 'provisioning', 'people'];

/** They say themselves what is wrong with them. */
const fieldsShown = ['name', 'options', 'filledBy'];

interface PropertyFormProps {
  /** Null for a new one. */
  property: Property | null;
  onSaved: (property: Property) => void;
  onCancel: () => void;
}

/** Defines a property, or changes everything about it but its type. */
export function PropertyForm({ property, onSaved, onCancel }: PropertyFormProps) {
  const { t } = useTranslation();
  const edited = useDraft(property, draftOf);
  useUnsaved(edited.changed);
  const save = useSave(edited, onSaved);
  return (
    <Form error={save.error} onSubmit={() => save.mutate()}>
      <Stack>
        <Fields
          draft={edited.draft}
          change={edited.change}
          isNew={property === null}
          refused={useRefusal(save.error)}
        />
        <ErrorNote error={save.error} saidBeside={fieldsShown} />
        <DialogButtons onCancel={onCancel}>
          <ActButton
            act={property === null ? 'POST /api/properties' : 'PATCH /api/properties/{id}'}
            type="submit"
            loading={save.isPending}
          >
            {t('save')}
          </ActButton>
        </DialogButtons>
      </Stack>
    </Form>
  );
}

interface FieldsProps {
  draft: PropertyDraft;
  change: (part: Partial<PropertyDraft>) => void;
  isNew: boolean;
  refused: (path: string) => string | undefined;
}

function Fields({ draft, change, isNew, refused }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        data-autofocus
        label={t('properties.name')}
        required
        value={draft.name}
        error={refused('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('properties.type')}
        description={isNew ? undefined : t('properties.typeFixed')}
        disabled={!isNew}
        value={draft.type}
        onChange={(event) => change({ type: event.currentTarget.value as Property['type'] })}
        data={types.map((each) => ({ value: each, label: t(`property.type.${each}`) }))}
      />
      {hasOptions(draft.type) && (
        <Textarea
          label={t('properties.options')}
          description={t('properties.optionsHint')}
          autosize={false}
          rows={5}
          value={draft.options}
          error={refused('options')}
          onChange={(event) => change({ options: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        label={t('properties.filledBy')}
        value={draft.filledBy}
        error={refused('filledBy')}
        onChange={(event) => change({ filledBy: event.currentTarget.value as Property['filledBy'] })}
        data={fillers.map((each) => ({ value: each, label: t(`properties.filledBy.${each}`) }))}
      />
      <Checkbox
        label={t('properties.required')}
        description={t(draft.filledBy === 'provisioning' ? 'properties.reported' : 'properties.requiredHint')}
        checked={draft.required}
        onChange={(event) => change({ required: event.currentTarget.checked })}
      />
    </>
  );
}

function useSave(
  { draft, shown }: DraftState<Property | null, PropertyDraft>,
  onSaved: (property: Property) => void,
) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
    mutationFn: () => {
      const body = toBody(draft, shown);
      return answer<Property>(() =>
        shown === null
          ? api.POST('/api/properties', { body: { ...body, type: draft.type } })
          : api.PATCH('/api/properties/{id}', {
              params: { path: { id: shown.id }, header: asShown(shown) },
              body,
            }),
      );
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['properties'] });
      toast(t('saved'));
      onSaved(saved);
    },
  });
}
