import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconArrowRight, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n.ts';

type Row = [from: string, to: string];

interface TableEditorProps {
  label: string;
  table: Record<string, string>;
  /** What may stand on the right; any text when absent. */
  choices?: readonly { value: string; label: string }[];
  /** What an empty table begins with on the left. */
  offered?: readonly string[];
  onChange: (table: Record<string, string>) => void;
}

/** A table of translations. Several lines of a spreadsheet can be pasted into a field at once. */
export function TableEditor({ label, table, choices, offered = [], onChange }: TableEditorProps) {
  const { t } = useTranslation();
  const [rows, setRows] = useState<Row[]>(() => {
    const known = Object.entries(table);
    if (known.length > 0) return known;
    if (offered.length > 0) return offered.map((from): Row => [from, '']);
    return [['', choices?.[0]?.value ?? '']];
  });
  const change = (next: Row[]) => {
    setRows(next);
    // A value whose option is still to be chosen is in no table yet.
    onChange(toTable(choices === undefined ? next : next.filter(([, to]) => to !== '')));
  };
  const paste = (at: number, text: string): boolean => {
    const pasted = pastedRows(text);
    if (pasted.length === 0) return false;
    const known = (to: string) => choices === undefined || choices.some(({ value }) => value === to);
    change(rows.toSpliced(at, 1, ...pasted.map(([from, to]): Row => [from, known(to) ? to : ''])));
    return true;
  };
  return (
    <Stack gap={6} role="group" aria-label={label} flex="1 1 100%">
      {rows.map((row, at) => (
        <TableRow
          key={at}
          row={row}
          number={at + 1}
          choices={choices}
          onChange={(next) => change(rows.with(at, next))}
          onPaste={(text) => paste(at, text)}
          onRemove={() => change(rows.length > 1 ? rows.toSpliced(at, 1) : [['', '']])}
        />
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          onClick={() => setRows([...rows, ['', choices?.[0]?.value ?? '']])}
        >
          {t('table.add')}
        </Button>
      </Group>
    </Stack>
  );
}

interface TableRowProps {
  row: Row;
  /** Its place in the table, from 1. */
  number: number;
  choices: TableEditorProps['choices'];
  onChange: (row: Row) => void;
  /** Takes a pasted text that is a table; false for any other. */
  onPaste: (text: string) => boolean;
  onRemove: () => void;
}

function TableRow({ row: [from, to], number, choices, onChange, onPaste, onRemove }: TableRowProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        aria-label={t('table.from', { number })}
        placeholder={t('table.fromHint')}
        value={from}
        flex={1}
        onChange={(event) => onChange([event.currentTarget.value, to])}
        onPaste={(event) => {
          if (onPaste(event.clipboardData.getData('text'))) event.preventDefault();
        }}
      />
      <IconArrowRight size={16} aria-hidden style={{ flex: 'none' }} />
      {choices ? (
        <NativeSelect
          aria-label={t('table.to', { number })}
          value={to}
          flex={1}
          onChange={(event) => onChange([from, event.currentTarget.value])}
          data={[{ value: '', label: t('table.choose') }, ...choices]}
        />
      ) : (
        <TextInput
          aria-label={t('table.to', { number })}
          placeholder={t('table.toHint')}
          value={to}
          flex={1}
          onChange={(event) => onChange([from, event.currentTarget.value])}
        />
      )}
      <ActionIcon variant="default" size={36} aria-label={t('table.remove', { number })} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}

function toTable(rows: readonly Row[]): Record<string, string> {
  const entries = rows.map(([from, to]): Row => [from.trim(), to.trim()]);
  return Object.fromEntries<string>(entries.filter(([from]) => from !== ''));
}

/** Two columns of a spreadsheet, or lines of `from = to`; nothing for a text of one line without a tab. */
function pastedRows(text: string): Row[] {
  if (!/[\t\n]/.test(text.trim())) return [];
  return text
    .split(/\r?\n/)
    .map((line) => line.split(line.includes('\t') ? '\t' : '='))
    .flatMap(([from = '', ...to]): Row[] => (from.trim() ? [[from.trim(), to.join('=').trim()]] : []));
}
