import { Autocomplete, type ComboboxItem, type ComboboxParsedItem, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sourcesQuery } from '../../api/queries/mapping.ts';
import type { AttributeSource } from '../../api/shapes.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { pathWords } from '../../parts/text/attribute-name.ts';
import { pathName } from './rule-text.ts';

/** Most attributes that are offered at once: typing finds the others. */
const offeredMax = 60;

interface AttributePickerProps {
  label: string;
  description?: string;
  value: string;
  error?: ReactNode;
  required?: boolean;
  autoFocus?: boolean;
  onChange: (path: string) => void;
}

/** An attribute path: chosen among those that the directory has, with counts and examples, or typed. */
export function AttributePicker({ value, onChange, autoFocus, ...input }: AttributePickerProps) {
  const { t } = useTranslation();
  const sources = useQuery(sourcesQuery);
  const items = uniqueByPath(sources.data?.items ?? []);
  const people = sources.data?.sampledUsers ?? 0;
  const byPath = new Map(items.map((item) => [item.path, item]));
  const seen = items.filter(({ count }) => count > 0).map(({ path }) => path);
  const unseen = items.filter(({ count }) => count === 0).map(({ path }) => path);
  const chosen = byPath.get(value.trim());
  return (
    <div>
      <Autocomplete
        {...input}
        data-autofocus={autoFocus || undefined}
        value={value}
        onChange={onChange}
        openOnFocus={!autoFocus}
        limit={offeredMax}
        maxDropdownHeight={300}
        comboboxProps={{ withinPortal: false }}
        filter={({ options, search, limit }) => found(options, search, limit, t)}
        data={[
          { group: t('mapping.seenGroup'), items: seen },
          { group: t('mapping.unseenGroup'), items: unseen },
        ].filter((group) => group.items.length > 0)}
        renderOption={({ option }) => <Offer source={byPath.get(option.value)} people={people} />}
      />
      {chosen && (
        <Text size="xs" mt={4}>
          {pathWords(chosen.path, t)}
        </Text>
      )}
      {chosen && chosen.count > 0 && (
        <Text size="xs" c="dimmed" mt={4} component="div">
          {t('mapping.seen', { count: chosen.count, people })}{' '}
          {chosen.examples.length > 0 && <Examples examples={chosen.examples} />}
        </Text>
      )}
      {chosen && chosen.count === 0 && people > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('mapping.neverSeen')}
        </Text>
      )}
    </div>
  );
}

/** Those whose path or name has what was typed, in their groups. */
function found(
  options: readonly ComboboxParsedItem[],
  typed: string,
  limit: number,
  t: Translate,
): ComboboxParsedItem[] {
  const wanted = typed.trim().toLowerCase();
  let left = limit;
  const matching = <Item extends ComboboxItem>(items: readonly Item[]) => {
    const some = items
      .filter(({ value }) => `${value} ${pathWords(value, t)}`.toLowerCase().includes(wanted))
      .slice(0, left);
    left -= some.length;
    return some;
  };
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return matching([option]);
    const items = matching(option.items);
    return items.length > 0 ? [{ ...option, items }] : [];
  });
}

function Offer({ source, people }: { source: AttributeSource | undefined; people: number }) {
  const { t } = useTranslation();
  if (source === undefined) return null;
  return (
    <div className="attribute-offer">
      <Text size="sm" component="div">
        {pathWords(source.path, t)}
      </Text>
      <code>{pathName(source.path)}</code>
      <Text size="xs" c="dimmed" component="div">
        {source.count > 0 ? (
          <>
            {t('mapping.seenShort', { count: source.count, people })} <Examples examples={source.examples} />
          </>
        ) : (
          source.description
        )}
      </Text>
    </div>
  );
}

function Examples({ examples }: { examples: readonly string[] }) {
  return (
    <>
      {examples.map((example) => (
        <span key={example} className="example-value">
          {example}
        </span>
      ))}
    </>
  );
}

/** The schemas spell some paths in two ways. */
function uniqueByPath(items: readonly AttributeSource[]): AttributeSource[] {
  return [...new Map(items.map((item) => [item.path, item])).values()];
}
