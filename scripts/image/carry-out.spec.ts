import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { carryOut, type Image } from './carry-out.ts';
import { readDockerfile } from './dockerfile.ts';

let place: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'user-provisioning-image-spec-'));
  given('.dockerignore', 'dist\n**/*.spec.ts\n');
  given('src/main.ts', 'main');
  given('src/main.spec.ts', 'spec');
  given('dist/old.js', 'old');
  mkdirSync(join(place, 'stages'));
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

function given(file: string, text: string): void {
  mkdirSync(dirname(join(place, 'context', file)), { recursive: true });
  writeFileSync(join(place, 'context', file), text);
}

function build(dockerfile: string): Image {
  return carryOut(readDockerfile(dockerfile), {
    context: join(place, 'context'),
    folder: join(place, 'stages'),
  });
}

describe('the steps of a Dockerfile', () => {
  it('leave in the last stage what it copied, and know its commands', () => {
    const { root, ...image } = build(`
# two stages
FROM node:1 AS build
WORKDIR /app
COPY src ./src
RUN cp src/main.ts made.txt && \\
  echo more >> made.txt
FROM node:1
WORKDIR /app
ENV MODE=production NAME="two words"
COPY --from=build /app/made.txt ./
USER node
HEALTHCHECK --interval=30s CMD ["node", "health.js"]
CMD ["node", "made.txt"]`);
    expect(readFileSync(join(root, 'app/made.txt'), 'utf8')).toBe('mainmore\n');
    expect(existsSync(join(root, 'app/src'))).toBe(false);
    expect(image).toEqual({
      workDir: '/app',
      environment: { MODE: 'production', NAME: 'two words' },
      user: 'node',
      command: ['node', 'made.txt'],
      healthCheck: ['node', 'health.js'],
    });
  });

  it('begin with what an earlier stage left, and do not change it', () => {
    const { root } = build(`FROM node:1 AS one
WORKDIR /app
RUN echo one > file
FROM one AS two
RUN rm file && echo two > file
FROM node:1
COPY --from=one /app/file /one
COPY --from=two /app/file /two`);
    expect(readFileSync(join(root, 'one'), 'utf8')).toBe('one\n');
    expect(readFileSync(join(root, 'two'), 'utf8')).toBe('two\n');
  });

  it('copy nothing that .dockerignore names', () => {
    const { root } = build('FROM node:1\nCOPY src ./src');
    expect(existsSync(join(root, 'src/main.ts'))).toBe(true);
    expect(existsSync(join(root, 'src/main.spec.ts'))).toBe(false);
  });

  it.each([
    ['COPY of a file that is missing', 'COPY src none.json ./', 'line 2: COPY finds no none.json'],
    ['COPY of what is ignored', 'COPY dist ./dist', 'line 2: COPY finds no dist'],
    ['COPY out of a stage that is missing', 'COPY --from=build /app /app', 'line 2: there is no stage build'],
    ['RUN that fails', 'RUN exit 3', 'line 2: failed (exit code 3)'],
    ['RUN that needs what was not copied', 'RUN cat src/main.ts', 'line 2: failed (exit code 1)'],
    ['CMD that signals would not reach', 'CMD node main.js', 'line 2: a command is a list of texts'],
    ['instruction that is unknown', 'ONBUILD RUN true', 'line 2: ONBUILD is not known'],
  ])('fail by the line of a %s', (_what, line, message) => {
    expect(() => build(`FROM node:1\n${line}`)).toThrow(message);
  });
});
