import { Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, asShown } from '../../api/client.ts';
import { mappingQuery } from '../../api/queries/mapping.ts';
import { propertiesQuery } from '../../api/queries/members.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Property, Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { Confirm } from '../../parts/dialogs/confirm.tsx';
import { Dialog } from '../../parts/dialogs/dialog.tsx';
import { ColumnLabel } from '../../parts/lists/column-label.tsx';
import { Page, Section } from '../../parts/page/page.tsx';
import { EmptyState, ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { PropertyForm } from '../../parts/properties/property-form.tsx';

/** The member fields that this workspace defined. */
export function PropertiesPage() {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery);
  const items = properties.data?.items ?? [];
  const [editing, setEditing] = useState<Property | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Property | null>(null);
  const filled = useFilledByRules();
  // As it is now, and with its ETag, which a list does not bring.
  const load = useMutation({
    mutationFn: ({ id }: { id: string; then: (property: Property) => void }) =>
      answer(() => api.GET('/api/properties/{id}', { params: { path: { id } } })),
    onSuccess: (property, { then }) => then(property),
  });
  return (
    <Page
      title={t('nav.properties')}
      intro={t('properties.intro')}
      actions={
        <ActButton act="POST /api/properties" onClick={() => setEditing('new')}>
          {t('properties.add')}
        </ActButton>
      }
    >
      <ErrorNote error={properties.error} retry={() => void properties.refetch()} />
      <ErrorNote error={load.error} />
      <Section flush>
        {properties.isPending ? (
          <ListSkeleton />
        ) : items.length === 0 ? (
          <EmptyState
            title={t('properties.emptyTitle')}
            text={t('properties.emptyText')}
            error={properties.error}
          />
        ) : (
          <>
            <PropertiesHead />
            <ul className="plain-list">
              {items.map((property) => (
                <PropertyRow
                  key={property.id}
                  property={property}
                  isFilledByRule={filled.has(property.key)}
                  onEdit={() => load.mutate({ id: property.id, then: setEditing })}
                  onDelete={() => load.mutate({ id: property.id, then: setDeleting })}
                />
              ))}
            </ul>
          </>
        )}
      </Section>
      <EditDialog editing={editing} onClose={() => setEditing(null)} />
      <DeleteDialog property={deleting} onClose={() => setDeleting(null)} />
    </Page>
  );
}

/** The names of the columns; hidden on a phone, where rows are cards. */
function PropertiesHead() {
  const { t } = useTranslation();
  return (
    <div className="row-head properties" aria-hidden>
      <span>{t('properties.nameAndKey')}</span>
      <span>{t('properties.typeAndUse')}</span>
    </div>
  );
}

interface EditDialogProps {
  /** Null: closed. */
  editing: Property | 'new' | null;
  onClose: () => void;
}

function EditDialog({ editing, onClose }: EditDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={editing !== null}
      onClose={onClose}
      title={t(editing === 'new' ? 'properties.add' : 'properties.edit')}
    >
      {editing !== null && (
        <PropertyForm property={editing === 'new' ? null : editing} onSaved={onClose} onCancel={onClose} />
      )}
    </Dialog>
  );
}

/** The keys of the properties that rules of the attribute mapping fill: those cannot be deleted. */
function useFilledByRules(): ReadonlySet<string> {
  const rules: readonly Rule[] = useQuery(mappingQuery).data?.rules ?? [];
  return new Set(rules.flatMap(({ target }) => ('property' in target ? (target.property ?? []) : [])));
}

interface PropertyRowProps {
  property: Property;
  isFilledByRule: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

function PropertyRow({ property, isFilledByRule, onEdit, onDelete }: PropertyRowProps) {
  const { t } = useTranslation();
  return (
    <li className="rule-card property">
      <div>
        <strong>{property.name}</strong>
        <Text size="xs" c="dimmed">
          <code>{property.key}</code>
        </Text>
      </div>
      <Text size="sm">
        <ColumnLabel>{t('properties.typeAndUse')}</ColumnLabel>
        {t(`property.type.${property.type}`)}
        {property.options && `: ${property.options.map(({ name }) => name).join(', ')}`}
        <Duties property={property} isFilledByRule={isFilledByRule} />
      </Text>
      <Group gap="xs">
        <ActButton
          act="PATCH /api/properties/{id}"
          size="xs"
          variant="default"
          aria-label={t('properties.editLabel', { name: property.name })}
          onClick={onEdit}
        >
          {t('edit')}
        </ActButton>
        <ActButton
          act="DELETE /api/properties/{id}"
          size="xs"
          variant="default"
          c="var(--mantine-color-error)"
          aria-label={t('properties.deleteLabel', { name: property.name })}
          disabled={isFilledByRule}
          onClick={onDelete}
        >
          {t('delete')}
        </ActButton>
      </Group>
    </li>
  );
}

/** What is asked of a property's values beyond their type. */
function Duties({
  property: { required, filledBy },
  isFilledByRule,
}: Pick<PropertyRowProps, 'property' | 'isFilledByRule'>) {
  const { t } = useTranslation();
  const duties = [
    ...(required ? [t('properties.required')] : []),
    ...(filledBy === 'both' ? [] : [t(`properties.filledBy.${filledBy}`)]),
    ...(isFilledByRule ? [t('properties.inUse')] : []),
  ];
  if (duties.length === 0) return null;
  return (
    <Text span size="xs" c="dimmed" display="block">
      {duties.join(' · ')}
    </Text>
  );
}

function DeleteDialog({ property, onClose }: { property: Property | null; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: (shown: Property) =>
      answer(() =>
        api.DELETE('/api/properties/{id}', { params: { path: { id: shown.id }, header: asShown(shown) } }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['properties'] });
      toast(t('deleted'));
      onClose();
    },
  });
  return (
    <Confirm
      opened={property !== null}
      title={t('properties.deleteTitle', { name: property?.name ?? '' })}
      confirmLabel={t('delete')}
      danger
      typed={property?.name}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => property && remove.mutate(property)}
      onClose={onClose}
    >
      {t('properties.deleteText')}
    </Confirm>
  );
}
