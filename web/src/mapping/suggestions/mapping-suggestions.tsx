import { Button, Group, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.ts';
import { suggestionsQuery } from '../../api/queries/mapping.ts';
import { propertiesQuery } from '../../api/queries/members.ts';
import { queryClient } from '../../api/query-client.ts';
import type { MappingSuggestion, Property, Rule } from '../../api/shapes.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';
import { knownPathWords } from '../../parts/text/attribute-name.ts';
import { useFieldName } from '../../parts/text/field-changes.tsx';
import { Section } from '../../parts/page/page.tsx';
import { ErrorNote } from '../../parts/page/states.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import { useDismissed } from './dismissed.ts';
import type { MadeProperty } from './made-properties.ts';
import { pathName, pathsOf, targetName } from '../rules/rule-text.ts';

const shownAtFirst = 4;

/** Ready rules, with a property where one is missing, for attributes that people have and no rule reads. */
export function MappingSuggestions({
  rules,
  onAdd,
  onMade,
}: {
  rules: readonly Rule[];
  onAdd: (rule: Rule) => void;
  /** Hears of a property that was made for an accepted suggestion. */
  onMade: (property: MadeProperty) => void;
}) {
  const { t } = useTranslation();
  const suggestions = useQuery(suggestionsQuery);
  const [all, setAll] = useState(false);
  const read = new Set(rules.flatMap(({ source }) => pathsOf(source)));
  const { isDismissed, dismiss, showAgain } = useDismissed();
  const offered = (suggestions.data?.items ?? []).filter(({ path }) => !read.has(path));
  const items = offered.filter(({ path }) => !isDismissed(path));
  const aside = offered.length - items.length;
  if (items.length === 0) return aside > 0 ? <PutAside count={aside} onShow={showAgain} /> : null;
  const shown = all ? items : items.slice(0, shownAtFirst);
  return (
    <Section
      flush
      title={t('suggestions.title', { count: items.length })}
      intro={t('suggestions.text')}
      actions={
        items.length > shownAtFirst && (
          <Button variant="default" size="xs" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'suggestions.fewer' : 'suggestions.all')}
          </Button>
        )
      }
    >
      <ul className="plain-list">
        {shown.map((suggestion) => (
          <Suggestion
            key={suggestion.path}
            suggestion={suggestion}
            people={suggestions.data?.people ?? 0}
            onAdd={onAdd}
            onMade={onMade}
            onDismiss={() => dismiss(suggestion.path)}
          />
        ))}
      </ul>
    </Section>
  );
}

/** All suggestions were put aside; they can be looked at again. */
function PutAside({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="subtle" size="xs" style={{ alignSelf: 'flex-start' }} onClick={onShow}>
      {t('suggestions.again', { count })}
    </Button>
  );
}

interface SuggestionProps {
  suggestion: MappingSuggestion;
  /** How many people were looked at. */
  people: number;
  onAdd: (rule: Rule) => void;
  onMade: (property: MadeProperty) => void;
  onDismiss: () => void;
}

function Suggestion({ suggestion, people, onAdd, onMade, onDismiss }: SuggestionProps) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const { path, property, rule, examples } = suggestion;
  const accept = useAccept(suggestion, onAdd, onMade);
  const target = property ? suggestedName(suggestion, t) : nameOf(targetName(rule.target));
  return (
    <li className="suggestion">
      <IconBulb size={18} aria-hidden className="suggestion-mark" />
      <div>
        <Text size="sm">
          {t(suggestionText(suggestion), {
            count: suggestion.people,
            people,
            target,
            type: t(`property.type.${suggestion.type as Property['type']}`),
            values: property?.options?.length ?? 0,
          })}
        </Text>
        <Text size="xs" c="dimmed" component="div" mt={2}>
          <code title={path}>{pathName(path)}</code>{' '}
          {examples.map((example) => (
            <span key={example} className="example-value">
              {example}
            </span>
          ))}
        </Text>
        <ErrorNote error={accept.error} />
      </div>
      <Group gap="xs">
        <ActButton
          act={property === null ? null : 'POST /api/properties'}
          size="xs"
          variant="default"
          loading={accept.isPending}
          aria-label={t('suggestions.acceptLabel', { target })}
          onClick={() => accept.mutate()}
        >
          {t('suggestions.accept')}
        </ActButton>
        <Button
          size="xs"
          variant="subtle"
          aria-label={t('suggestions.dismissLabel', { target })}
          onClick={onDismiss}
        >
          {t('suggestions.dismiss')}
        </Button>
      </Group>
    </li>
  );
}

/** Makes the property that the suggestion needs, and the rule. */
function useAccept(
  { property, path, rule }: MappingSuggestion,
  onAdd: SuggestionProps['onAdd'],
  onMade: SuggestionProps['onMade'],
) {
  const { t } = useTranslation();
  const toast = useToast();
  return useMutation({
    mutationFn: async () => {
      if (property === null || isThere(property.key)) return;
      const { key, type, options } = property;
      const name = suggestedName({ property, path }, t);
      const made = await answer(() =>
        api.POST('/api/properties', { body: { key, name, type: type as Property['type'], options } }),
      );
      onMade({ id: made.id, key: made.key, name: made.name });
      await queryClient.invalidateQueries({ queryKey: ['properties'] });
    },
    onSuccess: () => {
      onAdd(rule);
      toast(
        property === null
          ? t('suggestions.added')
          : t('suggestions.addedProperty', { property: suggestedName({ property, path }, t) }),
      );
    },
  });
}

/** What a new property is called: as the attribute is in the language of the page; one without a word as it is suggested. */
function suggestedName(
  { property, path }: Pick<MappingSuggestion, 'property' | 'path'>,
  t: Translate,
): string {
  return knownPathWords(path, t) ?? property?.name ?? '';
}

/** An earlier try may have made the property already. */
function isThere(key: string): boolean {
  const known = queryClient.getQueryData(propertiesQuery.queryKey)?.items ?? [];
  return known.some((property) => property.key === key);
}

function suggestionText({ property }: MappingSuggestion) {
  if (property === null) return 'suggestions.fill';
  return property.options && property.options.length > 0
    ? 'suggestions.createWithOptions'
    : 'suggestions.create';
}
