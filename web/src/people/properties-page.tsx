import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalOf } from '../api/api-error.ts';
import { answer, api } from '../api/client.ts';
import { propertiesQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { Property } from '../api/shapes.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Page, Section } from '../parts/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../parts/states.tsx';
import { useToast } from '../parts/toast.tsx';

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
const withOptions: readonly Property['type'][] = ['select', 'multi_select'];

/** The member fields that this workspace defined. */
export function PropertiesPage() {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery);
  const [editing, setEditing] = useState<Property | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Property | null>(null);
  const items = properties.data?.items ?? [];
  return (
    <Page
      title={t('nav.properties')}
      intro={t('properties.intro')}
      actions={<Button onClick={() => setEditing('new')}>{t('properties.add')}</Button>}
    >
      <ErrorNote error={properties.error} retry={() => void properties.refetch()} />
      <Section flush>
        {properties.isPending ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState title={t('properties.emptyTitle')} text={t('properties.emptyText')} />
        ) : (
          <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
            {items.map((property) => (
              <li key={property.id} className="rule-card">
                <div>
                  <strong>{property.name}</strong>
                  <Text size="xs" c="dimmed">
                    <code>{property.key}</code>
                  </Text>
                </div>
                <span />
                <Text size="sm">
                  {t(`property.type.${property.type}`)}
                  {property.options && `: ${property.options.map(({ name }) => name).join(', ')}`}
                </Text>
                <Group gap="xs">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('properties.editLabel', { name: property.name })}
                    onClick={() => setEditing(property)}
                  >
                    {t('edit')}
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    c="var(--mantine-color-error)"
                    aria-label={t('properties.deleteLabel', { name: property.name })}
                    onClick={() => setDeleting(property)}
                  >
                    {t('delete')}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={t(editing === 'new' ? 'properties.add' : 'properties.edit')}
        centered
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {editing !== null && (
          <PropertyForm property={editing === 'new' ? null : editing} onSaved={() => setEditing(null)} />
        )}
      </Modal>
      <DeleteDialog property={deleting} onClose={() => setDeleting(null)} />
    </Page>
  );
}

function PropertyForm({ property, onSaved }: { property: Property | null; onSaved: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [name, setName] = useState(property?.name ?? '');
  const [type, setType] = useState<Property['type']>(property?.type ?? 'text');
  const [options, setOptions] = useState(property?.options?.map((option) => option.name).join('\n') ?? '');
  const save = useMutation({
    mutationFn: () => {
      const body = { name, ...(withOptions.includes(type) && { options: optionsOf(options, property) }) };
      return answer<unknown>(() =>
        property === null
          ? api.POST('/api/properties', { body: { ...body, type } })
          : api.PATCH('/api/properties/{id}', { params: { path: { id: property.id } }, body }),
      );
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['properties'] });
      toast(t('saved'));
      onSaved();
    },
  });
  const refused = (path: string) => refusalOf(save.error, path);
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
        <ErrorNote error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
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

function DeleteDialog({ property, onClose }: { property: Property | null; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: (id: string) =>
      answer(() => api.DELETE('/api/properties/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['properties'] });
      toast(t('deleted'));
      onClose();
    },
  });
  return (
    <Confirm
      opened={property !== null}
      title={t('properties.deleteTitle')}
      confirmLabel={t('delete')}
      danger
      typed={property?.name}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => property && remove.mutate(property.id)}
      onClose={onClose}
    >
      {t('properties.deleteText')}
    </Confirm>
  );
}
