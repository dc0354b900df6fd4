import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { MappingSummary, PreviewedPerson, Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { useFieldName, Value } from '../../parts/text/field-changes.tsx';
import { previewedName, targetName, toRuleDtos, withEmail } from './rule-text.ts';
import { isReady } from './transform-form.ts';

const typingPauseMs = 300;
const peopleShown = 4;
const unknownOptionCode = 'unknown-option';

/** What one rule does to real people, asked again when nothing was typed for a moment. */
export function useRuleResult(rule: Rule, canBeTried: boolean) {
  const [settled] = useDebouncedValue(rule, typingPauseMs);
  return useQuery({
    queryKey: ['mapping', 'result', settled],
    enabled: canBeTried && targetName(settled.target) !== '' && settled.transforms.every(isReady),
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () =>
      answer(() =>
        api.POST('/api/attribute-mapping/preview', {
          body: { rules: toRuleDtos(withEmail([settled])), sample: peopleShown },
        }),
      ),
  });
}

/** Some of the values that are no option of the target. */
export function unknownValues(
  summary: MappingSummary | undefined,
  target: Rule['target'],
): readonly string[] {
  const failing = summary?.problems.filter(
    (problem) => problem.target === previewedName(target) && problem.code === unknownOptionCode,
  );
  return failing?.flatMap(({ examples }) => examples) ?? [];
}

interface RuleResultProps {
  target: Rule['target'];
  preview: ReturnType<typeof useRuleResult>;
}

/** What one rule puts into its target for a few real people: the value in the target's own type, or why it fails. */
export function RuleResult({ target: ofRule, preview }: RuleResultProps) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const people = preview.data?.items ?? [];
  const target = previewedName(ofRule);
  // What is wrong with a source or step is said beside it.
  if (preview.error || people.length === 0) return null;
  return (
    <div className="rule-result">
      <Text size="sm" fw={600}>
        {t('mapping.result', { target: nameOf(targetName(ofRule)) })}
      </Text>
      <table className="field-changes">
        <thead>
          <tr>
            <th scope="col">{t('changes.person')}</th>
            <th scope="col">{t('changes.value')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.directoryUserId}>
              <th scope="row">{person.name}</th>
              <td>
                <ResultOf person={person} target={target} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Failing summary={preview.data?.summary} target={target} />
    </div>
  );
}

function ResultOf({ person, target }: { person: PreviewedPerson; target: string }) {
  const { t } = useTranslation();
  const problem = person.problems.find((each) => each.target === target);
  if (problem) {
    return (
      <Text span size="xs" c="var(--mantine-color-error)">
        {problem.text}
      </Text>
    );
  }
  const value = person.values.find((each) => each.target === target)?.value ?? null;
  const added = person.newOptions.map(({ name }) => name);
  return (
    <ins>
      {added.length > 0 ? (
        <>
          {added.join(', ')} <StateBadge tone="blue">{t('mapping.newOption')}</StateBadge>
        </>
      ) : (
        <Value field={target === 'managerId' ? 'manager' : target} value={value} />
      )}
    </ins>
  );
}

/** For how many people the rule fails, with some of the values. */
function Failing({ summary, target }: { summary: MappingSummary | undefined; target: string }) {
  const { t } = useTranslation();
  const failing = summary?.problems.find((problem) => problem.target === target);
  if (summary === undefined || failing === undefined) return null;
  return (
    <Text size="xs" c="var(--mantine-color-error)" mt={6}>
      {t('mapping.failing', { count: failing.people, people: summary.people })}
      {failing.examples.map((example) => (
        <span key={example} className="example-value">
          {example}
        </span>
      ))}
    </Text>
  );
}
