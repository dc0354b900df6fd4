import type { Rule } from '../rule/rule.ts';
import { pathsOfSource } from './rule-source.ts';
import { pathsOfTemplate } from '../transforms/template.ts';
import { textArgument } from '../transforms/transform-arguments.ts';

/** Every attribute path that a rule reads: those of its source, and those in the braces of its templates. */
export function pathsOfRule({ source, transforms }: Rule): string[] {
  const inTemplates = transforms.flatMap(({ name, args }) =>
    name === 'template' ? pathsOfTemplate(textArgument(args, 0)) : [],
  );
  return [...pathsOfSource(source), ...inTemplates];
}
