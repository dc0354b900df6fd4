import { List, Text } from '@mantine/core';
import type { Bulk } from '../../api/shapes.ts';
import { hasText, useTranslation } from '../../i18n.ts';

/** How many people a dialog names. */
const namedMax = 10;

/** The first names of those it is done with, and how many more they are. */
export function BulkNames({ answer: { items, done } }: { answer: Bulk }) {
  const { t } = useTranslation();
  const names = items.filter(({ outcome }) => outcome === 'done').slice(0, namedMax);
  if (names.length === 0) return null;
  return (
    <List size="sm" aria-label={t('bulk.names')}>
      {names.map(({ id, name }) => (
        <List.Item key={id}>{name}</List.Item>
      ))}
      {done > names.length && <List.Item>{t('bulk.more', { count: done - names.length })}</List.Item>}
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
