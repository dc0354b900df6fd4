import { List, Text } from '@mantine/core';
import type { Bulk } from '../../api/shapes.ts';
import { hasText, useTranslation } from '../../i18n.ts';

/** How many people a dialog names. */
const namedMax = 10;

/** The first names of those it is done with, and how many more they are. */
export function BulkNames({ answer: { items, done } }: { answer: Bulk }) {
  return <FirstNames people={items.filter(({ outcome }) => outcome === 'done')} count={done} />;
}

/** The first names of so many people. */
export function FirstNames({
  people,
  count,
}: {
  people: readonly { id: string; name: string }[];
  count: number;
}) {
  const { t } = useTranslation();
  const named = people.slice(0, namedMax);
  if (named.length === 0) return null;
  return (
    <List size="sm" aria-label={t('bulk.names')}>
      {named.map(({ id, name }) => (
        <List.Item key={id}>{name}</List.Item>
      ))}
      {count > named.length && <List.Item>{t('bulk.more', { count: count - named.length })}</List.Item>}
    </List>
  );
}

/** Who is left out, and why; `withNames`: each by name, where there is room. */
export function BulkRefusals({ answer: { refused, refusals, items } }: { answer: Bulk }) {
  const { t } = useTranslation();
  if (refused === 0) return null;
  return (
    <div>
      <Text size="sm">{t('bulk.left', { count: refused })}</Text>
      <List size="sm">
        {refusals.map(({ type, detail, people }) => {
          const key = `refusal.${type}`;
          const reason = hasText(key) ? t(key) : detail;
          const names = items.filter((each) => each.type === type && each.name !== '').slice(0, namedMax);
          const more = people - names.length;
          return (
            <List.Item key={type}>
              {t('bulk.leftBecause', { count: people, reason })}
              {names.length > 0 && (
                <Text span size="sm" c="dimmed">
                  {' – '}
                  {names.map(({ name }) => name).join(', ')}
                  {more > 0 && ` ${t('bulk.more', { count: more })}`}
                </Text>
              )}
            </List.Item>
          );
        })}
      </List>
    </div>
  );
}
