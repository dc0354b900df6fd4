import { Button, Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, asShown } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Property } from '../../api/shapes.ts';
import { DialogButtons } from '../../parts/dialogs/dialog-buttons.tsx';
import { useRefusal } from '../../parts/text/error-text.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';

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
const withOptions: readonly Property['type'][] = ['select', 'multi_select'];

/** Defines a property, or changes what of it can change. */
export function PropertyForm({
  property,
  onSaved,
  onCancel,
}: {
  property: Property | null;
  onSaved: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  const [name, setName] = useState(property?.name ?? '');
  const [type, setType] = useState<Property['type']>(property?.type ?? 'text');
  const [options, setOptions] = useState(property?.options?.map((option) => option.name).join('\n') ?? '');
  const [required, setRequired] = useState(property?.required ?? false);
  const [filledBy, setFilledBy] = useState<Property['filledBy']>(property?.filledBy ?? 'both');
  const save = useMutation({
    mutationFn: () => {
      const values = withOptions.includes(type) && { options: optionsOf(options, property) };
      const body = { name, required, filledBy, ...values };
      return answer<unknown>(() =>
        property === null
          ? api.POST('/api/properties', { body: { ...body, type } })
          : api.PATCH('/api/properties/{id}', {
              params: { path: { id: property.id }, header: asShown(property) },
              body,
            }),
      );
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['properties'] });
      toast(t('saved'));
      onSaved();
    },
  });
  const refused = useRefusal(save.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          data-autofocus
          label={t('properties.name')}
          required
          value={name}
          error={refused('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('properties.type')}
          description={property ? t('properties.typeFixed') : undefined}
          disabled={property !== null}
          value={type}
          onChange={(event) => setType(event.currentTarget.value as Property['type'])}
          data={types.map((each) => ({ value: each, label: t(`property.type.${each}`) }))}
        />
        {withOptions.includes(type) && (
          <Textarea
            label={t('properties.options')}
            description={t('properties.optionsHint')}
            autosize={false}
            rows={5}
            value={options}
            error={refused('options')}
            onChange={(event) => setOptions(event.currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('properties.filledBy')}
          value={filledBy}
          error={refused('filledBy')}
          onChange={(event) => setFilledBy(event.currentTarget.value as Property['filledBy'])}
          data={fillers.map((each) => ({ value: each, label: t(`properties.filledBy.${each}`) }))}
        />
        <Checkbox
          label={t('properties.required')}
          description={t(filledBy === 'provisioning' ? 'properties.reported' : 'properties.requiredHint')}
          checked={required}
          onChange={(event) => setRequired(event.currentTarget.checked)}
        />
        <ErrorNote error={save.error} />
        <DialogButtons onCancel={onCancel}>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </DialogButtons>
      </Stack>
    </form>
  );
}

/** One option a line; an option that is still there keeps its key, and with it its members. */
function optionsOf(text: string, property: Property | null): { key?: string; name: string }[] {
  const names = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return names.map((name) => {
    const key = property?.options?.find((option) => option.name === name)?.key;
    return key === undefined ? { name } : { key, name };
  });
}
