import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answer, api } from '../../api/client.ts';
import { propertiesQuery } from '../../api/queries/members.ts';
import { minutesMs } from '../../duration.ts';
import type { FieldChange, FieldValue } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { fieldName, propertyKeyOf } from './field-name.ts';
import { memberName } from './member-name.ts';
import { RoleName } from './role-name.tsx';

/** Names a member field or a property as the admin knows it. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation();
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  return (field) => fieldName(field, properties, t);
}

interface FieldChangesProps {
  changes: readonly FieldChange[];
  isNew: boolean;
  /** How a field is called; as a member field or a property unless said otherwise. */
  nameOf?: ((field: string) => string) | undefined;
}

/** Each field before and after, in words as well as by colour. */
export function FieldChanges({ changes, isNew, nameOf }: FieldChangesProps) {
  const { t } = useTranslation();
  const fieldNameOf = useFieldName();
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('changes.none')}
      </Text>
    );
  }
  return (
    <ChangesTable isNew={isNew}>
      {changes.map((change) => (
        <tr key={change.field}>
          <th scope="row">{(nameOf ?? fieldNameOf)(change.field)}</th>
          <BeforeAfter change={change} isNew={isNew} />
        </tr>
      ))}
    </ChangesTable>
  );
}

/** The table around rows of changes. */
export function ChangesTable({ isNew, children }: { isNew: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <table className="field-changes">
      <thead>
        <tr>
          <th scope="col">{t('changes.field')}</th>
          {!isNew && <th scope="col">{t('changes.before')}</th>}
          <th scope="col">{t(isNew ? 'changes.value' : 'changes.after')}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** The cells of a change after its name; for a new field only the value. */
export function BeforeAfter({
  change: { field, before, after },
  isNew,
}: {
  change: FieldChange;
  isNew: boolean;
}) {
  return (
    <>
      {!isNew && (
        <td>
          <del>
            <Value field={field} value={before} />
          </del>
        </td>
      )}
      <td>
        <ins>
          <Value field={field} value={after} />
        </ins>
      </td>
    </>
  );
}

/** A value in the admin's words; a reference by the person's name. */
export function Value({ field, value }: { field: string; value: FieldValue | undefined }) {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === '') return <em>{t('changes.empty')}</em>;
  if (field === 'managerId') return <PersonName id={String(value)} />;
  const propertyKey = propertyKeyOf(field);
  if (propertyKey !== null) return <PropertyValue propertyKey={propertyKey} value={value} />;
  if (field === 'role') return <RoleName role={String(value)} />;
  if (field === 'status' && (value === 'active' || value === 'deactivated' || value === 'removed')) {
    return <>{t(`member.status.${value}`)}</>;
  }
  if (field === 'access' && (value === 'granted' || value === 'suspended' || value === 'ended')) {
    return <>{t(`access.${value}`)}</>;
  }
  return <PlainValue value={value} />;
}

function PlainValue({ value }: { value: NonNullable<FieldValue> }) {
  const { t } = useTranslation();
  if (typeof value === 'boolean') return <>{t(value ? 'yes' : 'no')}</>;
  return <>{Array.isArray(value) ? value.join(', ') : String(value)}</>;
}

/** Options by their names, people by theirs. */
function PropertyValue({ propertyKey, value }: { propertyKey: string; value: NonNullable<FieldValue> }) {
  const properties = useQuery(propertiesQuery).data?.items ?? [];
  const property = properties.find(({ key }) => key === propertyKey);
  if (property?.type === 'user') return <PersonName id={String(value)} />;
  if (property?.options === undefined) return <PlainValue value={value} />;
  const nameOf = (key: string) => property.options?.find((option) => option.key === key)?.name ?? key;
  return <>{Array.isArray(value) ? value.map(nameOf).join(', ') : nameOf(String(value))}</>;
}

/** How the service writes an id; whatever else an identity provider sends as a reference is nobody's. */
const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The name of the person with this id: a member, or a person of the directory who will become one. */
export function PersonName({ id }: { id: string }) {
  const name = useQuery({
    queryKey: ['person-name', id],
    enabled: idForm.test(id),
    staleTime: minutesMs(1),
    queryFn: async () => {
      const member = await answer(() => api.GET('/api/members/{id}', { params: { path: { id } } })).catch(
        () => null,
      );
      if (member !== null) return memberName(member);
      const change = await answer(() =>
        api.GET('/api/sync-preview/{directoryUserId}', { params: { path: { directoryUserId: id } } }),
      ).catch(() => null);
      return change?.name ?? id;
    },
  });
  return <>{name.data ?? (name.isEnabled ? '…' : id)}</>;
}
