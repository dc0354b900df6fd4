import { Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldValue, Property } from '../../api/shapes.ts';
import { MemberPicker } from '../members/member-picker.tsx';

interface PropertyInputProps {
  property: Property;
  value: FieldValue;
  /** Whose it is: nobody is his own manager. */
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

/** A property by its type. Null where there is no value. */
export function PropertyInput({
  property,
  value,
  memberId,
  onChange,
  readOnly,
  ...rest
}: PropertyInputProps) {
  const { t } = useTranslation();
  const common = { ...rest, label: property.name };
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (property.type) {
    case 'checkbox':
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
    case 'select':
      return (
        <NativeSelect
          {...common}
          disabled={readOnly}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
          data={[
            { value: '', label: '–' },
            ...(property.options ?? []).map(({ key, name }) => ({ value: key, label: name })),
          ]}
        />
      );
    case 'multi_select':
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
    case 'user':
      return (
        <MemberPicker
          {...common}
          readOnly={readOnly}
          except={memberId}
          value={text === '' ? null : text}
          onChange={onChange}
        />
      );
    case 'long_text':
      return (
        <Textarea
          {...common}
          rows={3}
          readOnly={readOnly}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          type={inputTypes[property.type] ?? 'text'}
          step="any"
          readOnly={readOnly}
          value={text}
          onChange={({ currentTarget }) => onChange(valueOf(property.type, currentTarget.value))}
        />
      );
  }
}

function valueOf(type: Property['type'], typed: string): FieldValue {
  if (typed === '') return null;
  return type === 'number' ? Number(typed) : typed;
}
