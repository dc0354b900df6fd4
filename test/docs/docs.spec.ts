import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { operatorToken, type Service, startService } from '../harness/service.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import { Page, root } from './page.ts';
import { isAnswer, isRun, runPage } from './run-page.ts';
import type { Exchange } from './stand-ins.ts';
import { asFarAsShown, literally, matcherOf, readShown } from './shown-answer.ts';

const paths = ['*.md', 'docs/**/*.md', 'clients/*/*.md', 'examples/*/*.md']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort();
const pages = paths.map((path) => new Page(path));
/** Decisions name files as they were when the decision was made. */
const living = pages.filter(({ path }) => !path.startsWith('docs/decisions/') && path !== 'CHANGELOG.md');
const contract = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const named = (page: Page): [string, Page] => [page.path, page];

describe('the pages', () => {
  it('are found', () => expect(living.length).toBeGreaterThan(20));

  it.each(pages.map(named))('%s: links lead to pages, headings and pictures that exist', (_, page) => {
    const broken = page.links.filter((link) => !isWhole(page, link));
    expect(broken).toEqual([]);
  });

  it.each(living.map(named))('%s: the files that it names exist', (_, page) => {
    const files = page.codes.flatMap((text) => fileNamed(text) ?? []);
    expect(files.filter((file) => globSync(file, { cwd: root }).length === 0)).toEqual([]);
  });

  it.each(living.map(named))('%s: the requests that it names are in the contract', (_, page) => {
    const requests = page.codes.flatMap(
      (text) => /^(GET|POST|PUT|PATCH|DELETE) (\/[^\s?]*)/.exec(text)?.[0] ?? [],
    );
    expect(requests.filter((request) => !isInContract(request))).toEqual([]);
  });

  it.each(living.map(named))('%s: the npm scripts that it names exist', (_, page) => {
    const text = [...page.codes, ...page.blocks.map((block) => block.text)].join('\n');
    const names = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(living.map(named))(
    '%s: blocks are commands, requests, data or quotations of the code',
    (_, page) => {
      const languages = ['sh', 'http', 'json', 'sql', 'ts', 'text', 'mermaid', 'csv'];
      expect(page.blocks.filter(({ language }) => !languages.includes(language))).toEqual([]);
      for (const block of page.blocks) {
        if (block.language === 'json') JSON.parse(block.text);
        if (block.language === 'ts' && !/^yours: \w+/.test(block.note))
          expect(quoted(block.note)).toContain(withoutIndent(block.text));
        if (block.language === 'sql' || (block.language === 'sh' && block.note !== '')) {
          expect(block.note).toMatch(/^not run here: \w+/);
        }
      }
    },
  );
});

describe('the commands and requests of', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
  });

  it.each(living.filter(({ blocks }) => blocks.some(isRun)).map(named))(
    '%s do what it shows',
    async (_, page) => {
      const exchanges = await runPage(page, {
        serviceUrl: service.url,
        operatorToken,
        variables: await givenVariables(),
        scripts: Object.keys(scripts),
      });
      const shown = new Set<Exchange>();
      for (const [at, block] of page.blocks.entries()) {
        if (block.language !== 'http' || !isAnswer(block.text)) continue;
        const exchange = exchanges.filter((each) => each.block < at).at(-1);
        if (exchange === undefined) throw new Error(`${page.path}:${block.line} shows an answer to nothing`);
        shown.add(exchange);
        expectShown(`${page.path}:${block.line}`, exchange, block.text);
      }
      const failed = exchanges.filter((exchange) => exchange.status >= 400 && !shown.has(exchange));
      expect(failed).toEqual([]);
    },
  );

  /** What the pages call `$ADMIN` and so on: docs/reference/http-api.md says where one gets them. */
  async function givenVariables(): Promise<Record<string, string>> {
    const workspace = await givenWorkspace(service);
    return {
      WORKSPACE: workspace.id,
      OPERATOR: `Authorization: Bearer ${operatorToken}`,
      ADMIN: `Authorization: Bearer ${workspace.adminToken}`,
      SCIM: `Authorization: Bearer ${workspace.token}`,
    };
  }
});

function expectShown(where: string, { request, status, headers, body }: Exchange, text: string): void {
  const shown = readShown(text);
  expect({ where, request, status, ...(status === shown.status ? {} : { body }) }).toEqual({
    where,
    request,
    status: shown.status,
  });
  for (const [name, value] of shown.headers) {
    expect({ where, name, value: headers[name] }).toEqual({ where, name, value: matcherOf(value) });
  }
  if (shown.body === undefined) return;
  const answer = asFarAsShown(JSON.parse(body), shown.body);
  expect({ where, answer }).toEqual({ where, answer: matcherOf(shown.body) });
}

function isWhole(page: Page, link: string): boolean {
  if (/^(?:https?|mailto):/.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page.path : normalize(join(dirname(page.path), path));
  if (!existsSync(join(root, target))) return false;
  if (anchor === undefined) return true;
  return pages.find((each) => each.path === target)?.anchors.has(anchor) ?? false;
}

/** The path that stands in code marks, if it is one of this repository. */
function fileNamed(text: string): string | null {
  const path = /^(?:\.\/)?((?:src|test|web|docs|scripts|bench|simulator|\.ci|\.github)\/[\w./*{},-]*)$/.exec(
    text,
  )?.[1];
  return path ?? null;
}

function isInContract(request: string): boolean {
  const [method = '', path = ''] = request.split(' ');
  return Object.entries(contract.paths).some(([template, item]) => {
    const pattern = literally(template).replaceAll(/\\\{[^}]+\\\}/g, '[^/]+');
    return method.toLowerCase() in item && new RegExp(`^${pattern}/?$`).test(path);
  });
}

function quoted(file: string): string {
  expect(file).toMatch(/^\w+\/.+\.tsx?$/);
  return withoutIndent(readFileSync(join(root, file), 'utf8'));
}

function withoutIndent(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}
