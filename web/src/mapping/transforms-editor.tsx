import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../api/shapes.ts';
import { type TransformName, transformNames, transformParameters } from './rule-text.ts';

type Transform = Rule['transforms'][number];

/** The steps that a value goes through, in order. */
export function TransformsEditor({
  transforms,
  onChange,
}: {
  transforms: Transform[];
  onChange: (next: Transform[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="group" aria-label={t('mapping.transforms')}>
      <Text size="sm" fw={500}>
        {t('mapping.transforms')}
      </Text>
      {transforms.map((transform, at) => (
        <TransformRow
          key={`${at}-${transform.name}`}
          transform={transform}
          at={at}
          onChange={(next) => onChange(transforms.with(at, next))}
          onRemove={() => onChange(transforms.filter((_, each) => each !== at))}
        />
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => onChange([...transforms, { name: 'trim', args: [] }])}
        >
          {t('mapping.addTransform')}
        </Button>
      </Group>
    </Stack>
  );
}

function TransformRow({
  transform,
  at,
  onChange,
  onRemove,
}: {
  transform: Transform;
  at: number;
  onChange: (next: Transform) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const name = transform.name as TransformName;
  const args = transform.args;
  const setArg = (index: number, value: unknown) => {
    const next = [...args];
    next[index] = value;
    onChange({ name, args: next });
  };
  return (
    <Group align="flex-end" gap="xs">
      <NativeSelect
        aria-label={t('mapping.step', { number: at + 1 })}
        value={name}
        onChange={(event) => onChange(blank(event.currentTarget.value as TransformName))}
        data={transformNames.map((each) => ({ value: each, label: t(`transform.${each}`) }))}
      />
      {transformParameters[name].map((kind, index) => {
        const label = t('mapping.argument', { number: index + 1, step: at + 1 });
        if (kind === 'table') {
          return (
            <Textarea
              key={index}
              aria-label={label}
              placeholder={t('mapping.table')}
              defaultValue={tableText(args[index])}
              onChange={(event) => setArg(index, tableOf(event.currentTarget.value))}
            />
          );
        }
        return (
          <TextInput
            key={index}
            aria-label={label}
            value={textOf(args[index])}
            onChange={(event) => setArg(index, argumentOf(kind, event.currentTarget.value))}
          />
        );
      })}
      <Button
        size="xs"
        variant="default"
        onClick={onRemove}
        aria-label={t('mapping.removeStep', { number: at + 1 })}
      >
        {t('delete')}
      </Button>
    </Group>
  );
}

/** A transform with the arguments that it cannot do without. */
function blank(name: TransformName): Transform {
  const first = transformParameters[name][0];
  const args = first === undefined ? [] : [first === 'table' ? {} : ''];
  return { name, args: name === 'replace' ? ['', ''] : args };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function argumentOf(kind: 'text' | 'number', text: string): unknown {
  if (kind === 'text') return text;
  const number = Number(text);
  return text.trim() === '' || !Number.isInteger(number) ? null : number;
}

/** One line an entry: `from = to`. */
function tableOf(text: string): Record<string, string> {
  const entries = text.split('\n').map((line) => line.split('='));
  return Object.fromEntries(
    entries.flatMap(([from = '', ...to]) =>
      from.trim() && to.length > 0 ? [[from.trim(), to.join('=').trim()]] : [],
    ),
  );
}

function tableText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([from, to]) => `${from} = ${String(to)}`)
    .join('\n');
}
