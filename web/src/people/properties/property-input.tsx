import { Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FieldValue, Property } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { MemberPicker } from '../members/member-picker.tsx';

interface PropertyInputProps {
  property: Property;
  value: FieldValue;
  /** Whose value it is: nobody can be their own manager. */
  memberId?: string;
  description?: string;
  error?: ReactNode;
  readOnly: boolean;
  withAsterisk?: boolean;
  onChange: (value: FieldValue) => void;
}

const inputTypes: Partial<Record<Property['type'], string>> = {
  number: 'number',
  date: 'date',
  url: 'url',
  email: 'email',
  phone: 'tel',
};

/** What every kind of input gets. */
interface InputProps extends Omit<PropertyInputProps, 'memberId' | 'withAsterisk'> {
  common: { label: string; description?: string; error?: ReactNode; withAsterisk?: boolean };
}

/** A property by its type. Null where there is no value. */
export function PropertyInput(props: PropertyInputProps) {
  const { property, description, error, withAsterisk, memberId, value, readOnly, onChange } = props;
  const common = { label: property.name, description, error, withAsterisk };
  const input = { property, value, readOnly, onChange, common };
  switch (property.type) {
    case 'checkbox':
      return <YesNoInput {...input} />;
    case 'select':
      return <SelectInput {...input} />;
    case 'multi_select':
      return <MultiSelectInput {...input} />;
    case 'user':
      return (
        <MemberPicker
          {...common}
          readOnly={readOnly}
          except={memberId}
          value={textOf(value) || null}
          onChange={onChange}
        />
      );
    case 'long_text':
      return (
        <Textarea
          {...common}
          rows={3}
          readOnly={readOnly}
          value={textOf(value)}
          onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
        />
      );
    default:
      return <LineInput {...input} />;
  }
}

function YesNoInput({ value, readOnly, onChange, common }: InputProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      {...common}
      disabled={readOnly}
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? null : currentTarget.value === 'true')
      }
      data={[
        { value: '', label: '–' },
        { value: 'true', label: t('yes') },
        { value: 'false', label: t('no') },
      ]}
    />
  );
}

function SelectInput({ property, value, readOnly, onChange, common }: InputProps) {
  return (
    <NativeSelect
      {...common}
      disabled={readOnly}
      value={textOf(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
      data={[
        { value: '', label: '–' },
        ...(property.options ?? []).map(({ key, name }) => ({ value: key, label: name })),
      ]}
    />
  );
}

function MultiSelectInput({ property, value, readOnly, onChange, common }: InputProps) {
  return (
    <Checkbox.Group
      {...common}
      value={Array.isArray(value) ? value : []}
      onChange={(chosen) => onChange(chosen.length > 0 ? chosen : null)}
    >
      <Group gap="xs" mt={6}>
        {(property.options ?? []).map(({ key, name }) => (
          <Checkbox key={key} value={key} label={name} disabled={readOnly} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function LineInput({ property: { type }, value, readOnly, onChange, common }: InputProps) {
  return (
    <TextInput
      {...common}
      type={inputTypes[type] ?? 'text'}
      step="any"
      readOnly={readOnly}
      value={textOf(value)}
      onChange={({ currentTarget }) => onChange(valueOf(type, currentTarget.value))}
    />
  );
}

function textOf(value: FieldValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function valueOf(type: Property['type'], typed: string): FieldValue {
  if (typed === '') return null;
  return type === 'number' ? Number(typed) : typed;
}
