import { beforeAll, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrationsInOrder } from '../../src/database/migrations/in-order.ts';
import { loadGrammar } from '../harness/statements/check-statements.ts';
import { notExpanding } from '../harness/statements/expand-only.ts';

/** The newest migration of the newest release. What follows must let that release go on. */
const released = 'OAuthClients1837000004000';

/** Migrations that may be otherwise, and why. */
const exceptions: Readonly<Record<string, string>> = {
  Seats1870000001000:
    'its indexes are over workspaces with a limit, of which there is none yet, and over runs under way, which are few',
  MemberRoles1890000001000:
    'its indexes hold no row yet, or those of people who wait for a lane, who are few: members and the queue are kept from changing for one reading',
  AuditChain1840000001000:
    'its index holds no row yet: records are kept from changing for one reading of a table that is small',
};

const unreleased = migrationsInOrder.slice(migrationsInOrder.findIndex(({ name }) => name === released) + 1);

/** What a migration sends, asked of a database that has nothing to answer. */
async function statementsOf(Migration: (typeof migrationsInOrder)[number]): Promise<string[]> {
  const sent: string[] = [];
  const query = (text: string): Promise<unknown[]> => {
    sent.push(text);
    return Promise.resolve([]);
  };
  const runner = { query };
  await new Migration().up(runner as unknown as QueryRunner);
  return sent;
}

describe('a migration that no release has yet', () => {
  beforeAll(loadGrammar);

  it('comes after one that is released', () => {
    expect(migrationsInOrder.map(({ name }) => name)).toContain(released);
  });

  it.each(unreleased.map((Migration) => [Migration.name, Migration] as const))(
    'lets the release before it serve and write: %s',
    async (name, Migration) => {
      const found = notExpanding(await statementsOf(Migration));
      if (name in exceptions) expect(found).not.toEqual([]);
      else expect(found).toEqual([]);
    },
  );

  it('lets others pass while it waits for a table: outside a transaction, where nothing ends its wait, it only makes indexes that lock nothing', async () => {
    const isAlone = ({ transaction }: MigrationInterface) => transaction === false;
    const alone = unreleased.filter((Migration) => isAlone(new Migration()));
    const sent = await Promise.all(alone.map(statementsOf));
    expect(sent.flat().filter((text) => !/^(?:CREATE|DROP) INDEX /.test(text))).toEqual([]);
    expect(
      sent.flat().filter((text) => text.startsWith('CREATE INDEX') && !/ CONCURRENTLY /.test(text)),
    ).toEqual([]);
  });
});

describe('the check of migrations', () => {
  beforeAll(loadGrammar);

  it.each([
    ['drop', 'ALTER TABLE member DROP COLUMN language'],
    ['drop', 'DROP TABLE former_link'],
    ['rename', 'ALTER TABLE member RENAME COLUMN language TO tongue'],
    ['rename', 'ALTER TABLE member RENAME TO person'],
    ['type', 'ALTER TABLE member ALTER COLUMN language TYPE varchar(10)'],
    ['not null', 'ALTER TABLE member ALTER COLUMN language SET NOT NULL'],
    ['not null', 'ALTER TABLE member ADD COLUMN x text NOT NULL'],
    ['check', "ALTER TABLE member ADD CONSTRAINT c CHECK (language <> '')"],
    ['check', "ALTER TABLE member ADD COLUMN x text CHECK (x <> '')"],
    ['index', 'CREATE INDEX i ON member (language)'],
    ['fill', 'UPDATE member SET language = lower(language)'],
  ])('finds what must wait or be done otherwise (%s): %s', (kind, text) => {
    expect(notExpanding([text])).toEqual([expect.stringContaining(`${kind}: `)]);
  });

  it.each([
    ['CREATE TABLE a (id uuid NOT NULL CHECK (true))', 'CREATE INDEX i ON a (id)', 'UPDATE a SET id = id'],
    ['ALTER TABLE member ADD COLUMN x text'],
    ["ALTER TABLE member ADD COLUMN x text NOT NULL DEFAULT ''"],
    ['CREATE INDEX CONCURRENTLY i ON member (language)'],
    [
      "ALTER TABLE member ADD CONSTRAINT c CHECK (language <> '') NOT VALID",
      'ALTER TABLE member VALIDATE CONSTRAINT c',
    ],
    ['DROP INDEX i', 'INSERT INTO publication (position, forgotten) VALUES (0, 0)'],
  ])('lets pass what only adds: %s', (...texts) => {
    expect(notExpanding(texts)).toEqual([]);
  });
});
