import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import { secondsMs } from '../../duration.ts';
import type { FieldValue, Rule } from '../../api/shapes.ts';
import { isComplete, toRuleDtos, withEmail } from './rule-text.ts';
import { isReady, type TransformName } from './transform-form.ts';

const typingPauseMs = 300;
/** People who are asked for, and of them those with different values who are shown. */
const peopleAsked = 20;
const examplesShown = 3;

/** What a value is before and after one step. */
export interface StepExample {
  before: FieldValue;
  after: FieldValue;
  problem: string | null;
}

/** What the steps make of values, step by step. */
export interface StepExamples {
  /** Values of the source: of people with different ones. */
  source: FieldValue[];
  /** By transform, for the same people. */
  steps: StepExample[][];
  /** Why the source or a step cannot be. */
  errors: unknown[];
}

/** Any text can go into this field, so each step can be looked at before the target's type is applied. */
const anyText: Rule['target'] = { field: 'displayName' };

/** Whether yes, no and numbers come out of a transform as they went in. */
const keepsKind: Record<TransformName, boolean> = {
  ...{ first: true, default: true, map: true },
  ...{
    trim: false,
    lower: false,
    upper: false,
    titleCase: false,
    prefix: false,
    suffix: false,
    replace: false,
  },
  ...{ split: false, join: false, extract: false, template: false, onlyEmail: false, matchLanguage: false },
  ...{ boolean: false, parseDate: false },
};

/** Yes, no and numbers do not go into a text by themselves: a table spells them out. Other values pass it unchanged. */
function spelledOut(source: Rule['source'], steps: Rule['transforms']): Rule['transforms'] {
  const table: Record<string, string> = { true: 'true', false: 'false' };
  const lastChange = steps.findLast(({ name }) => !keepsKind[name as TransformName]);
  if (lastChange !== undefined) return lastChange.name === 'boolean' ? [{ name: 'map', args: [table] }] : [];
  if (typeof source === 'string')
    return /(^|[.:])(active|primary)$/i.test(source) ? [{ name: 'map', args: [table] }] : [];
  if ('inGroup' in source) return [{ name: 'map', args: [table] }];
  if (!('constant' in source) || typeof source.constant === 'string') return [];
  return [{ name: 'map', args: [{ ...table, [String(source.constant)]: String(source.constant) }] }];
}

/** The values of a few real people from the source through each transform, kept up to date while the rule is edited. */
export function useStepExamples(source: Rule['source'], transforms: Rule['transforms']): StepExamples {
  const [settled] = useDebouncedValue({ source, transforms }, typingPauseMs);
  const stages = [0, ...settled.transforms.map((_, at) => at + 1)];
  const results = useQueries({
    queries: stages.map((stage) => {
      const steps = settled.transforms.slice(0, stage);
      const rule: Rule = {
        source: settled.source,
        transforms: [...steps, ...spelledOut(settled.source, steps)],
        target: anyText,
        when: 'always',
      };
      return {
        queryKey: ['mapping', 'step', rule],
        enabled: isComplete(settled.source) && steps.every(isReady),
        placeholderData: keepPreviousData,
        retry: false,
        staleTime: secondsMs(30),
        queryFn: () =>
          answer(() =>
            api.POST('/api/attribute-mapping/preview', {
              body: { rules: toRuleDtos(withEmail([rule])), sample: peopleAsked },
            }),
          ),
      };
    }),
  });
  const valuesAt = results.map(({ data }) =>
    (data?.items ?? []).map(({ values, problems }) => ({
      value: values.find(({ target }) => target === 'displayName')?.value ?? null,
      problem: problems[0]?.text ?? null,
    })),
  );
  const shown = differentPlaces(valuesAt[0]?.map(({ value }) => value) ?? []);
  const at = (stage: number, place: number) => valuesAt[stage]?.[place] ?? { value: null, problem: null };
  return {
    source: shown.map((place) => at(0, place).value),
    steps: settled.transforms.map((_, step) =>
      shown.map((place) => ({
        before: at(step, place).value,
        after: at(step + 1, place).value,
        problem: at(step + 1, place).problem,
      })),
    ),
    errors: results.map(({ error }) => error),
  };
}

/** The places of a few different values; nobody's value is shown only when nobody has one. */
function differentPlaces(values: readonly FieldValue[]): number[] {
  const seen = new Map<string, number>();
  for (const [place, value] of values.entries()) {
    const text = JSON.stringify(value);
    if (value !== null && !seen.has(text)) seen.set(text, place);
  }
  const places = [...seen.values()].slice(0, examplesShown);
  return places.length > 0 || values.length === 0 ? places : [0];
}
