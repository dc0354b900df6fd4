import type { components } from '../api/schema.d.ts';
import type { Rule } from '../api/shapes.ts';

type Schemas = components['schemas'];
export type TransformName = Schemas['RuleTransformDto']['name'];

/** What each transform asks for. */
export const transformParameters: Record<TransformName, readonly ('text' | 'number' | 'table')[]> = {
  trim: [],
  lower: [],
  upper: [],
  replace: ['text', 'text'],
  prefix: ['text'],
  suffix: ['text'],
  boolean: [],
  split: ['text', 'number'],
  first: [],
  join: ['text'],
  default: ['text'],
  map: ['table', 'text'],
  onlyEmail: [],
  template: ['text'],
};
export const transformNames = Object.keys(transformParameters) as TransformName[];

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:';

/** The attribute path without the long name of the enterprise schema. */
export function sourceName(source: string): string {
  return source.startsWith(enterprise) ? `enterprise:${source.slice(enterprise.length)}` : source;
}

/** The target as changes name it. */
export function targetName(target: Rule['target']): string {
  if (target.property !== undefined) return `properties.${target.property}`;
  return target.field ?? '';
}

/** `split(" ", 0)`. */
export function transformText({ name, args }: Rule['transforms'][number]): string {
  return `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
}

/** The rules as the service takes them. */
export function toRuleDtos(rules: readonly Rule[]): Schemas['RuleDto'][] {
  return rules.map((rule) => ({
    ...rule,
    transforms: rule.transforms.map(({ name, args }) => ({ name: name as TransformName, args })),
  }));
}
