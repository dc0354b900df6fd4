import { IntlMessageFormat } from 'intl-messageformat';
import { type Provider, providers } from '../../src/doctor/facts/provider.ts';
import { rules } from '../../src/doctor/rules/diagnose.ts';
import { findingCodes } from '../../src/doctor/rules/rule.ts';
import { findingWords } from '../../src/doctor/words/finding-text.ts';
import { code } from './markdown.ts';

const names: Readonly<Record<Provider, string>> = {
  entra: 'Microsoft Entra ID',
  okta: 'Okta',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  google: 'Google Workspace',
  ping: 'Ping Identity',
  other: 'Any other',
};

/** Every finding with what it says and how it is fixed, in English, as the settings screen says it. */
export function findingsSection(): string {
  return findingCodes.map(chapter).join('\n\n');
}

function chapter(name: (typeof findingCodes)[number]): string {
  const { title, text, fix } = findingWords[name];
  const severity = rules.find((rule) => rule.code === name)?.severity;
  if (severity === undefined) throw new Error(`No rule finds ${name}`);
  const fixes = providers.flatMap((provider) => {
    const steps = fix[provider];
    if (steps === undefined || steps.length === 0) return [];
    const lead = Object.keys(fix).length === 1 ? '' : `**${names[provider]}**\n\n`;
    return [lead + steps.map(({ en }, at) => `${at + 1}. ${marked(en)}`).join('\n')];
  });
  return [`### ${code(name)}`, `_${severity}_ · **${marked(title.en)}**`, marked(text.en), ...fixes].join(
    '\n\n',
  );
}

/** A sentence with its parameters in code marks; of a plural the form for many. */
function marked(message: string): string {
  const format = new IntlMessageFormat(message.replaceAll('{"', `'{'"`), 'en', undefined, {
    ignoreTag: true,
  });
  return wordsOf(format.getAst(), '')
    .replaceAll('#EXT#', '`#EXT#`')
    .replaceAll('*', String.raw`\*`);
}

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The parser's type of plain text, whose enum is of a dependency of the library. */
const literal: Part['type'] = 0;

/** @param counted the parameter that `#` stands for */
function wordsOf(parts: readonly Part[], counted: string): string {
  return parts
    .map((part) => {
      if ('options' in part) return wordsOf(part.options.other?.value ?? [], part.value);
      if (!('value' in part)) return code(counted);
      return part.type === literal ? part.value : code(part.value);
    })
    .join('');
}
