import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from '../../i18n.ts';
import { AttributePicker } from './attribute-picker.tsx';
import { GroupPatternInput } from './group-pattern-input.tsx';
import { blankSource, kindOf, type Source, type SourceKind, sourceKinds } from './rule-text.ts';

const pathsMax = 10;

interface SourceEditorProps {
  source: Source;
  onChange: (next: Source) => void;
}

/** Where the value comes from: what kind of source, and which. */
export function SourceEditor({ source, onChange }: SourceEditorProps) {
  const { t } = useTranslation();
  const kind = kindOf(source);
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('mapping.sourceKind')}
        value={kind}
        onChange={(event) => onChange(blankSource(event.currentTarget.value as SourceKind, source))}
        data={sourceKinds.map((each) => ({ value: each, label: t(`mapping.kind.${each}`) }))}
      />
      <SourceOfKind source={source} onChange={onChange} />
    </Stack>
  );
}

function SourceOfKind({ source, onChange }: SourceEditorProps) {
  const { t } = useTranslation();
  if (typeof source === 'string') {
    return (
      <AttributePicker
        required
        autoFocus
        label={t('mapping.source')}
        description={t('mapping.sourceHint')}
        value={source}
        onChange={onChange}
      />
    );
  }
  if ('firstOf' in source) {
    return <FirstOf paths={source.firstOf} onChange={(firstOf) => onChange({ firstOf })} />;
  }
  if ('constant' in source) {
    return <Constant value={source.constant} onChange={(constant) => onChange({ constant })} />;
  }
  return 'inGroup' in source ? (
    <GroupPatternInput
      label={t('mapping.groupName')}
      description={t('mapping.inGroupHint')}
      value={source.inGroup}
      onChange={(inGroup) => onChange({ inGroup })}
    />
  ) : (
    <GroupPatternInput
      label={t('mapping.groupPattern')}
      description={t('mapping.groupNamesHint')}
      value={source.groupNames}
      onChange={(groupNames) => onChange({ groupNames })}
    />
  );
}

function FirstOf({ paths, onChange }: { paths: string[]; onChange: (next: string[]) => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="group" aria-label={t('mapping.kind.firstOf')}>
      {paths.map((path, at) => (
        <Group key={at} gap="xs" align="flex-start" wrap="nowrap">
          <div style={{ flex: 1, minWidth: 0 }}>
            <AttributePicker
              required={at === 0}
              autoFocus={at === 0}
              label={t('mapping.sourceNumber', { number: at + 1 })}
              value={path}
              onChange={(next) => onChange(paths.with(at, next))}
            />
          </div>
          <ActionIcon
            variant="default"
            size={36}
            mt={25}
            disabled={at === 0}
            aria-label={t('mapping.sourceUp', { number: at + 1 })}
            onClick={() => onChange(paths.toSpliced(at - 1, 2, path, paths[at - 1] ?? ''))}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            mt={25}
            disabled={paths.length < 2}
            aria-label={t('mapping.sourceRemove', { number: at + 1 })}
            onClick={() => onChange(paths.toSpliced(at, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          disabled={paths.length >= pathsMax}
          onClick={() => onChange([...paths, ''])}
        >
          {t('mapping.sourceAdd')}
        </Button>
      </Group>
    </Stack>
  );
}

type ConstantValue = string | number | boolean;
const constantTypes = ['text', 'number', 'checkbox'] as const;
type ConstantType = (typeof constantTypes)[number];

function Constant({ value, onChange }: { value: ConstantValue; onChange: (next: ConstantValue) => void }) {
  const { t } = useTranslation();
  const type: ConstantType =
    typeof value === 'boolean' ? 'checkbox' : typeof value === 'number' ? 'number' : 'text';
  const setType = (next: ConstantType) => {
    if (next === 'checkbox') onChange(true);
    else onChange(next === 'number' ? 0 : '');
  };
  return (
    <Group gap="xs" align="flex-end" grow>
      <NativeSelect
        label={t('properties.type')}
        value={type}
        onChange={(event) => setType(event.currentTarget.value as ConstantType)}
        data={constantTypes.map((each) => ({ value: each, label: t(`property.type.${each}`) }))}
      />
      {typeof value === 'boolean' ? (
        <NativeSelect
          label={t('mapping.constantValue')}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value === 'true')}
          data={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
        />
      ) : (
        <TextInput
          required
          label={t('mapping.constantValue')}
          type={type === 'number' ? 'number' : 'text'}
          step="any"
          value={String(value)}
          onChange={({ currentTarget: { value: typed } }) =>
            onChange(type === 'number' && typed !== '' ? Number(typed) : typed)
          }
        />
      )}
    </Group>
  );
}
