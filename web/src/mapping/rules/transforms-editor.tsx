import { ActionIcon, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { FieldValue, Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { Value } from '../../parts/text/field-changes.tsx';
import type { StepExample } from './step-examples.ts';
import { TableEditor } from './table-editor.tsx';
import {
  type Argument,
  blankTransform,
  transformArguments,
  type TransformName,
  transformNames,
} from './transform-form.ts';

type Transform = Rule['transforms'][number];
const stepsMax = 10;

interface TransformsEditorProps {
  transforms: Transform[];
  /** What each step does to values of real people. */
  examples: readonly StepExample[][];
  /** What is wrong with each step, if anything. */
  faults: readonly (string | undefined)[];
  onChange: (next: Transform[]) => void;
}

/** The steps that a value goes through, in order, each with what it does to real values. */
export function TransformsEditor({ transforms, examples, faults, onChange }: TransformsEditorProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="group" aria-label={t('mapping.transforms')}>
      <Text size="sm" fw={600}>
        {t('mapping.transforms')}
      </Text>
      {transforms.length === 0 && (
        <Text size="xs" c="dimmed">
          {t('mapping.noTransforms')}
        </Text>
      )}
      {transforms.map((transform, at) => (
        <TransformCard
          key={`${at}-${transform.name}`}
          transform={transform}
          at={at}
          last={at === transforms.length - 1}
          examples={examples[at] ?? []}
          fault={faults[at]}
          onChange={(next) => onChange(transforms.with(at, next))}
          onMove={(to) => onChange(transforms.toSpliced(at, 1).toSpliced(to, 0, transform))}
          onRemove={() => onChange(transforms.toSpliced(at, 1))}
        />
      ))}
      <NativeSelect
        aria-label={t('mapping.addTransform')}
        value=""
        disabled={transforms.length >= stepsMax}
        onChange={(event) =>
          onChange([...transforms, blankTransform(event.currentTarget.value as TransformName)])
        }
        data={[
          { value: '', label: `+ ${t('mapping.addTransform')} …`, disabled: true },
          ...transformNames.map((each) => ({ value: each, label: t(`transform.${each}`) })),
        ]}
      />
    </Stack>
  );
}

interface TransformCardProps {
  transform: Transform;
  at: number;
  last: boolean;
  examples: readonly StepExample[];
  fault: string | undefined;
  onChange: (next: Transform) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function TransformCard({ transform, examples, fault, onChange, ...head }: TransformCardProps) {
  const name = transform.name as TransformName;
  const setArg = (index: number, value: unknown) => {
    const args: unknown[] = Array.from(
      { length: Math.max(transform.args.length, index + 1) },
      (_, each) => transform.args[each] ?? null,
    );
    onChange({ name, args: args.with(index, value) });
  };
  return (
    <div className="transform-step">
      <TransformHead name={name} {...head} />
      {transformArguments[name].length > 0 && (
        <Group gap="xs" align="flex-end">
          {transformArguments[name].map((argument, index) => (
            <ArgumentInput
              key={argument.label}
              argument={argument}
              value={transform.args[index]}
              onChange={(value) => setArg(index, value)}
            />
          ))}
        </Group>
      )}
      {fault && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {fault}
        </Text>
      )}
      {!fault && <StepResults examples={examples} />}
    </div>
  );
}

type TransformHeadProps = Pick<TransformCardProps, 'at' | 'last' | 'onMove' | 'onRemove'> & {
  name: TransformName;
};

/** The number and name of a step, and buttons to move and remove it. */
function TransformHead({ name, at, last, onMove, onRemove }: TransformHeadProps) {
  const { t } = useTranslation();
  const number = at + 1;
  const button = { variant: 'subtle', color: 'gray' } as const;
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <Text size="sm" fw={600}>
        {number}. {t(`transform.${name}`)}
      </Text>
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          {...button}
          disabled={at === 0}
          aria-label={t('mapping.stepUp', { number })}
          onClick={() => onMove(at - 1)}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          {...button}
          disabled={last}
          aria-label={t('mapping.stepDown', { number })}
          onClick={() => onMove(at + 1)}
        >
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon {...button} aria-label={t('mapping.removeStep', { number })} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </Group>
  );
}

function ArgumentInput({
  argument: { label: name, kind, optional, placeholder },
  value,
  onChange,
}: {
  argument: Argument;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const { t } = useTranslation();
  const label = optional ? t('mapping.optional', { name: t(`argument.${name}`) }) : t(`argument.${name}`);
  if (kind === 'table') {
    return <TableEditor label={label} table={(value ?? {}) as Record<string, string>} onChange={onChange} />;
  }
  if (kind === 'number') {
    return (
      <NumberInput
        label={label}
        placeholder={placeholder}
        allowDecimal={false}
        hideControls
        w="9rem"
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(next === '' ? null : Number(next))}
      />
    );
  }
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      flex="1 1 9rem"
      value={typeof value === 'string' ? value : ''}
      onChange={(event) =>
        onChange(optional && event.currentTarget.value === '' ? null : event.currentTarget.value)
      }
    />
  );
}

function StepResults({ examples }: { examples: readonly StepExample[] }) {
  const shown = examples.filter(({ before, after }) => before !== null || after !== null);
  if (shown.length === 0) return null;
  return (
    <ul className="step-results" aria-live="polite">
      {shown.map(({ before, after, problem }, at) => (
        <li key={at}>
          <Example value={before} /> <IconArrowRight size={14} aria-label="→" role="img" />{' '}
          {problem !== null && after === null ? (
            <Text span size="xs" c="var(--mantine-color-error)">
              {problem}
            </Text>
          ) : (
            <Example value={after} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** A value as it is, so that blanks can be seen. */
export function Example({ value }: { value: FieldValue }) {
  const { t } = useTranslation();
  if (value === 'true' || value === 'false') {
    return <span className="example-value">{t(value === 'true' ? 'yes' : 'no')}</span>;
  }
  if (typeof value === 'string' && value !== '') return <span className="example-value">{value}</span>;
  return (
    <span className="example-value">
      <Value field="" value={value} />
    </span>
  );
}
