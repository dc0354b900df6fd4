import 'reflect-metadata';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { getMetadataStorage, ValidationError } from 'class-validator';
import { constraintName } from '../../src/http/validation/constraint-faults.ts';
import { BadInputError, codedFault } from '../../src/errors/domain-errors.ts';
import { faultSentence } from '../../src/errors/fault-sentences.ts';
import { parseBody } from '../../src/http/validation/validation.ts';
import { faultCodes } from '../../src/errors/fault-codes.ts';
import {
  problemCodes,
  problemWording,
} from '../../src/member-directory/properties/property-types/value-problem.ts';
import { reasonSentences } from '../../src/sync/wording/reasons.ts';
import { auditActions } from '../../src/audit/audit-actions.ts';
import { de } from '../../web/src/locales/de.ts';
import { en } from '../../web/src/locales/en.ts';
import { expectWorded } from '../harness/worded.ts';

/** What a decorator of class-validator leaves behind, as far as it is looked at here. */
interface Decorator {
  type: string;
  name?: string;
  target: { prototype: object; name: string };
  propertyName: string;
  context?: unknown;
}

const words: ReadonlyMap<string, string> = new Map(Object.entries(en));

async function loadDtos(): Promise<void> {
  const root = join(import.meta.dirname, '../../src');
  const files = globSync('**/*.ts', { cwd: root, exclude: ['**/*.spec.ts'] });
  for (const file of files.map((each) => join(root, each))) {
    if (readFileSync(file, 'utf8').includes("from 'class-validator'")) await import(file);
  }
}

/** Every decorator that can refuse something. Classes that are not exported count too, so the store itself is asked. */
function decorators(): Decorator[] {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<unknown, Decorator[]>;
  };
  return [...validationMetadatas.values()].flat().filter(({ type }) => type !== 'conditionalValidation');
}

/** The name of the fault when the decorator refuses. */
function nameOf({ type, name, target, propertyName, context }: Decorator) {
  const constraint = name ?? type;
  const error = new ValidationError();
  error.target = Object.create(target.prototype) as object;
  error.property = propertyName;
  if (context !== undefined) error.contexts = { [constraint]: context };
  return constraintName(error, constraint);
}

function refusalOf(Dto: new () => object, body: object): BadInputError | null {
  try {
    parseBody(Dto, body);
    return null;
  } catch (error) {
    if (error instanceof BadInputError) return error;
    throw error;
  }
}

describe('a fault', () => {
  beforeAll(loadDtos);

  it('has a code, whichever constraint of a body or query was broken', () => {
    const unnamed = decorators().filter((decorator) => nameOf(decorator) === null);
    expect(decorators().length).toBeGreaterThan(50);
    expect(unnamed.map(({ name, type, target }) => `${name ?? type} in ${target.name}`)).toEqual([]);
  });

  it('brings along every value that its sentence needs', () => {
    for (const decorator of decorators()) {
      const { code, params } = nameOf(decorator) ?? { code: '' };
      const needed = [...(words.get(`fault.${code}`) ?? '').matchAll(/\{(\w+)/g)].map(([, name]) => name);
      const given = Object.entries(params ?? {}).filter(([, value]) => value !== undefined);
      expect({ code, values: given.map(([name]) => name) }).toEqual({ code, values: needed });
    }
  });

  it('of a value of a wrong kind is told in our words, in German when that is asked for, whichever body or query', () => {
    const classes = new Set(decorators().map(({ target }) => target as unknown as new () => object));
    const told = new Set<string>();
    const wrongs = [
      5,
      1.5,
      -1,
      1e9,
      true,
      'x',
      '',
      'x'.repeat(20_000),
      null,
      [],
      [5],
      ['x'],
      [[]],
      {},
      { x: 1 },
    ];
    for (const Dto of classes) {
      const names = decorators().flatMap(({ target, propertyName }) =>
        target.prototype === Dto.prototype || Dto.prototype instanceof (target as never)
          ? [propertyName]
          : [],
      );
      for (const name of new Set(names)) {
        for (const wrong of wrongs) {
          const refusal = refusalOf(Dto, { [name]: wrong });
          const en = refusal?.said('en').errors ?? [];
          const de = refusal?.said('de').errors ?? [];
          for (const [at, { path, message, code }] of en.entries()) {
            told.add(code ?? '');
            expect(message).not.toMatch(
              /conforming|nested property|should|following values|each value|instance|longer than or/,
            );
            expect(message.startsWith(`${path} `)).toBe(true);
            expect(de[at]?.message).not.toBe(message);
            expect(de[at]?.message).toMatch(/ (?:muss|darf|fehlt|ist|enthält|kann)\b/);
          }
          expect(refusal?.said('de').detail ?? '').not.toMatch(/\b(?:must|is|and|more)\b/);
        }
      }
    }
    expect(told.size).toBeGreaterThan(15);
  });

  it('is worded by the service in German, too, whatever its code', () => {
    for (const code of faultCodes.filter((each) => !each.startsWith('database-'))) {
      const sentence = faultSentence(code);
      expect(sentence).toBeDefined();
      if (sentence) expectWorded(sentence);
    }
    const params = { name: 'email', column: 1 };
    const fault = codedFault('line 1, column 2', 'column-twice', 'names the same as column 1: email', params);
    expect(new BadInputError([fault]).said('de')).toMatchObject({
      detail:
        'Zeile 1, Spalte 2: bezeichnet dasselbe Feld wie Spalte 1: email; entfernen Sie eine der beiden',
      errors: [
        { path: 'line 1, column 2', message: expect.stringMatching(/^bezeichnet dasselbe Feld/) as unknown },
      ],
    });
  });

  it('is worded by the screen, and the screen words no other', () => {
    const worded = [...words.keys()].filter((key) => key.startsWith('fault.')).sort();
    expect(worded).toEqual(faultCodes.map((code) => `fault.${code}`).sort());
  });

  it('of a value is worded by the service', () => {
    for (const code of problemCodes) expectWorded(problemWording({ code, params: {} }).sentence);
  });
});

describe('a problem', () => {
  /** What only the vendor's back end and operators can be refused with: the screen asks neither. */
  const notForTheScreen = [
    'external-id-taken',
    'key-limited',
    'webhook-disabled',
    'role-in-use',
    'slug-taken',
    'seats-in-use',
    'too-many-secrets',
    'too-many-webhooks',
    'cursor-too-old',
  ];

  it('is worded by the screen, so that none of its pages shows the English detail', () => {
    const root = join(import.meta.dirname, '../../src');
    const thrown = /(?:new ConflictError|new ForbiddenError|\bsuper)\(\s*'([a-z]+(?:-[a-z]+)+)'/g;
    const types = globSync('**/*.ts', {
      cwd: root,
      exclude: ['**/*.spec.ts', 'host-product/**', 'operator-access/**'],
    }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(thrown)].map(([, type = '']) => type),
    );
    // Of many people at once, the page says of each why they are left out.
    const isWorded = (type: string) => words.has(`problem.${type}`) || words.has(`refusal.${type}`);
    const unworded = [...new Set(types)].filter((type) => !isWorded(type));
    expect(types.length).toBeGreaterThan(30);
    // Nobody reads what is answered to a client that has gone.
    expect(unworded.sort()).toEqual(['client-gone', ...notForTheScreen].sort());
  });
});

describe('what has become of a person', () => {
  it('is called the same by the sentences of the service as by the screen, in both languages', () => {
    const {
      held,
      suppressed,
      'removal-guard': guarded,
      excluded,
      'excluded-by-product': left,
    } = reasonSentences;
    for (const [screen, language] of [
      [en, 'en'],
      [de, 'de'],
    ] as const) {
      expect(held[language].split(/[;:]/u)[0]).toBe(screen['kind.held']);
      expect(suppressed[language].split(/[;:]/u)[0]).toBe(screen['kind.suppressed']);
      for (const sentence of [excluded, left]) {
        expect(sentence[language].toLowerCase()).toContain(screen['kind.excluded'].toLowerCase());
      }
      expect(guarded[language].startsWith(screen['kind.held'])).toBe(true);
    }
  });
});

describe('the words of the audit log', () => {
  it('name every action that is recorded and say it as a sentence, and no other, in both languages', () => {
    for (const texts of [en, de]) {
      for (const part of ['audit.name.', 'audit.did.']) {
        const worded = Object.keys(texts).filter((key) => key.startsWith(part));
        expect(worded.map((key) => key.slice(part.length)).sort()).toEqual([...auditActions].sort());
      }
    }
  });
});
