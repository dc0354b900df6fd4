import { ScrollArea, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.ts';
import type { Rule } from '../api/shapes.ts';
import { useFieldName, Value } from '../parts/field-changes.tsx';
import { Section } from '../parts/page.tsx';
import { ErrorNote } from '../parts/states.tsx';
import { toRuleDtos } from './rule-text.ts';

const typingPauseMs = 300;
const peopleShown = 8;
const peopleShownCompact = 3;

/** What these rules would give for real people of the directory, before anything is saved. */
export function MappingPreview({ rules, only }: { rules: readonly Rule[]; only?: string }) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const [settled] = useDebouncedValue(rules, typingPauseMs);
  const sample = only ? peopleShownCompact : peopleShown;
  const preview = useQuery({
    queryKey: ['mapping', 'preview', sample, settled],
    queryFn: () =>
      answer(() =>
        api.POST('/api/attribute-mapping/preview', { body: { rules: toRuleDtos(settled), sample } }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const people = preview.data?.items ?? [];
  const targets = [...new Set(people.flatMap(({ values }) => values.map(({ target }) => target)))].filter(
    (target) => only === undefined || target === only,
  );
  const table = (
    <ScrollArea
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('mapping.preview') }}
    >
      <table className="field-changes" style={{ minWidth: `${(targets.length + 1) * 8}rem` }}>
        <thead>
          <tr>
            <th scope="col">{t('changes.person')}</th>
            {targets.map((target) => (
              <th key={target} scope="col">
                {nameOf(target)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.directoryUserId}>
              <th scope="row">
                {person.name}
                {person.problems.map((problem) => (
                  <Text key={problem.target} size="xs" c="var(--mantine-color-error)">
                    {problem.text}
                  </Text>
                ))}
              </th>
              {targets.map((target) => (
                <td key={target}>
                  <Value
                    field={target === 'managerId' ? 'manager' : target}
                    value={person.values.find((value) => value.target === target)?.value ?? null}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
  const content = preview.error ? (
    <ErrorNote error={preview.error} />
  ) : people.length === 0 ? (
    <Text size="sm" c="dimmed">
      {t('mapping.previewEmpty')}
    </Text>
  ) : (
    table
  );
  if (only) return content;
  return (
    <Section title={t('mapping.preview')} intro={t('mapping.previewText')}>
      {content}
    </Section>
  );
}
