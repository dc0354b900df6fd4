import { NativeSelect, Stack } from '@mantine/core';
import type { Property } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import type { UnknownOption } from './rule-text.ts';
import { TableEditor } from './table-editor.tsx';

const policies = ['report', 'create', 'empty', 'table'] as const;
type Policy = (typeof policies)[number];

/** What becomes of a value that is no option of the property. */
export function UnknownOptionEditor({
  property,
  policy,
  unknown,
  onChange,
}: {
  property: Property;
  policy: UnknownOption | undefined;
  /** Values that are no option; a table begins with them. */
  unknown: readonly string[];
  onChange: (next: UnknownOption) => void;
}) {
  const { t } = useTranslation();
  const chosen: Policy = typeof policy === 'object' ? 'table' : (policy ?? 'report');
  const choose = (next: Policy) => onChange(next === 'table' ? { table: {} } : next);
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('mapping.unknownOption', { property: property.name })}
        description={t(`mapping.policyHint.${chosen}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value as Policy)}
        data={policies.map((each) => ({ value: each, label: t(`mapping.policy.${each}`) }))}
      />
      {typeof policy === 'object' && (
        <TableEditor
          label={t('mapping.policy.table')}
          table={policy.table}
          offered={unknown}
          choices={property.options?.map(({ key, name }) => ({ value: key, label: name })) ?? []}
          onChange={(table) => onChange({ table })}
        />
      )}
    </Stack>
  );
}
