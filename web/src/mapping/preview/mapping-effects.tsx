import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { MappingSummary, Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { useFieldName } from '../../parts/text/field-changes.tsx';
import { propertyField } from '../../parts/text/field-name.ts';
import { formatNumber } from '../../parts/text/format.ts';
import { ErrorNote } from '../../parts/page/states.tsx';
import { toRuleDtos } from '../rules/rule-text.ts';

/**
 * The effect of rules in numbers: how many people change in which field, which values fail, which become options. A
 * large directory is counted as a whole only on request.
 */
export function MappingEffects({ rules, sample }: { rules: readonly Rule[]; sample: MappingSummary }) {
  const { t } = useTranslation();
  const count = useMutation({
    mutationFn: (counted: readonly Rule[]) =>
      answer(() =>
        api.POST('/api/attribute-mapping/preview/counts', { body: { rules: toRuleDtos(counted) } }),
      ),
  });
  // What was counted holds for those rules only.
  const whole = count.variables === rules ? count.data : undefined;
  const summary = whole ?? sample;
  return (
    <div className="mapping-effects">
      <Figures summary={summary} />
      {!summary.complete && (
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t('mapping.effect.sample', { count: summary.people })}
          </Text>
          <Button size="xs" variant="default" loading={count.isPending} onClick={() => count.mutate(rules)}>
            {t('mapping.effect.countAll')}
          </Button>
        </Group>
      )}
      <ErrorNote error={count.error} />
      {summary.withheldMembers > 0 && (
        <Text size="sm" c="dimmed">
          {t('mapping.effect.withheld', { count: summary.withheldMembers })}
        </Text>
      )}
      {summary.conflictMembers > 0 && (
        <Text size="sm" c="dimmed">
          {t('mapping.effect.conflict', { count: summary.conflictMembers })}
        </Text>
      )}
      <EffectLists summary={summary} />
    </div>
  );
}

function Figures({ summary }: { summary: MappingSummary }) {
  const { t } = useTranslation();
  const figures = [
    ['people', summary.people],
    ['changed', summary.changedMembers],
    ['new', summary.withoutMember],
    ['problems', summary.peopleWithProblems],
  ] as const;
  return (
    <dl className="effect-figures" aria-live="polite">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`mapping.effect.${name}`)}</dt>
          <dd className={name === 'problems' && value > 0 ? 'bad' : undefined}>{formatNumber(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function EffectLists({ summary: { fields, newOptions, problems } }: { summary: MappingSummary }) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  return (
    <div className="effect-lists">
      {fields.length > 0 && (
        <EffectList
          title={t('mapping.effect.fields')}
          items={fields.map(({ field, members }) => [field, nameOf(field), members])}
        />
      )}
      {newOptions.length > 0 && (
        <EffectList
          title={t('mapping.effect.options')}
          items={newOptions.map(({ property, name, people }) => [
            `${property} ${name}`,
            `${nameOf(propertyField(property))}: ${name}`,
            people,
          ])}
        />
      )}
      {problems.length > 0 && <FailingValues problems={problems} />}
    </div>
  );
}

/** The values that a rule cannot turn into a value of its target. */
function FailingValues({ problems }: Pick<MappingSummary, 'problems'>) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('mapping.effect.failing')}
      </Text>
      <ul className="effect-list">
        {problems.map(({ target, code, text, people, examples }) => (
          <li key={`${target} ${code}`}>
            <span>
              {nameOf(target)}: {examples.length > 1 ? '' : text}
              {examples.length > 1 &&
                examples.map((example) => (
                  <span key={example} className="example-value">
                    {example}
                  </span>
                ))}
            </span>
            <span>{formatNumber(people)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const listedMax = 12;

function EffectList({
  title,
  items,
}: {
  title: string;
  items: [key: string, name: string, count: number][];
}) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <ul className="effect-list">
        {items.slice(0, listedMax).map(([key, name, count]) => (
          <li key={key}>
            <span>{name}</span>
            <span>{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
      {items.length > listedMax && (
        <Text size="xs" c="dimmed">
          {t('mapping.effect.more', { count: items.length - listedMax })}
        </Text>
      )}
    </div>
  );
}
