import { beforeAll, describe, expect, it } from '@jest/globals';
import { judge, loadGrammar } from '../harness/statements/check-statements.ts';

/** Each is right: every table says which workspace it means. */
const bound = [
  'SELECT id FROM member WHERE workspace_id = $1',
  'SELECT id FROM workspace WHERE id = $1',
  'SELECT m.id FROM member m JOIN sync_link l ON l.workspace_id = m.workspace_id AND l.member_id = m.id WHERE l.workspace_id = $1',
  'SELECT m.id FROM member m JOIN sync_link l USING (workspace_id) WHERE m.workspace_id = $1',
  'SELECT m.id FROM member m LEFT JOIN sync_link l ON l.workspace_id = m.workspace_id WHERE m.workspace_id = $1',
  'SELECT id FROM member WHERE workspace_id = ANY ($1::uuid[])',
  'SELECT id FROM member WHERE (workspace_id = $1 AND id = $2) OR (workspace_id = $1 AND id = $3)',
  'SELECT x.id FROM (SELECT id FROM member WHERE workspace_id = $1) x',
  'INSERT INTO member (workspace_id, id) VALUES ($1, $2)',
  'INSERT INTO member (id, workspace_id) SELECT d.id, d.workspace_id FROM directory_user d WHERE d.workspace_id = $1',
  'UPDATE member m SET status = $1 FROM sync_link l WHERE m.workspace_id = $2 AND l.workspace_id = m.workspace_id',
  'DELETE FROM member m USING sync_link l WHERE m.workspace_id = l.workspace_id AND l.workspace_id = $1',
  'WITH RECURSIVE r AS (SELECT id FROM member WHERE workspace_id = $1 UNION ALL SELECT m.id FROM member m JOIN r ON m.manager_id = r.id WHERE m.workspace_id = $1) SELECT * FROM r',
  'SELECT count(*) FROM pg_class',
];

/** Each forgets it somewhere. */
const forgetful = [
  'SELECT id FROM member',
  'SELECT id FROM member WHERE id = $1',
  'SELECT id FROM member WHERE workspace_id <> $1',
  'SELECT id FROM member WHERE workspace_id = $1 OR id = $2',
  'SELECT id FROM member WHERE NOT (workspace_id = $1)',
  'SELECT m.id FROM member m JOIN sync_link l ON l.member_id = m.id WHERE m.workspace_id = $1',
  'SELECT m.id FROM member m JOIN sync_link l ON l.workspace_id = m.workspace_id',
  'SELECT m.id FROM member m LEFT JOIN sync_link l ON m.workspace_id = $1 AND l.workspace_id = $1',
  'SELECT id FROM member WHERE workspace_id = $1 AND EXISTS (SELECT FROM sync_link l WHERE l.member_id = member.id)',
  'SELECT id FROM member WHERE workspace_id = $1 UNION SELECT id FROM member',
  'SELECT (SELECT count(*) FROM member) FROM workspace WHERE id = $1',
  'INSERT INTO member (id) VALUES ($1)',
  'INSERT INTO member (workspace_id, id) SELECT d.workspace_id, d.id FROM directory_user d',
  'UPDATE member SET status = $1 WHERE id = $2',
  'UPDATE member SET status = (SELECT status FROM member WHERE id = $3) WHERE workspace_id = $1 AND id = $2',
  'DELETE FROM member WHERE id = $1',
  'WITH gone AS (DELETE FROM member WHERE id = $1 RETURNING id) SELECT * FROM gone',
  'SELECT id FROM workspace WHERE entitled',
];

describe('the check of every statement that the tests let the service send', () => {
  beforeAll(loadGrammar);

  it.each(bound)('lets pass: %s', (text) => {
    expect(judge([text]).faults).toEqual([]);
  });

  it.each(forgetful)('finds: %s', (text) => {
    expect(judge([text]).faults).toEqual([expect.stringContaining('binds no workspace')]);
  });

  const noted = 'INSERT INTO directory_count (workspace_id, slot, users) SELECT $1, 1, count(*) FROM gone';
  it.each([
    'INSERT INTO directory_user (workspace_id, id) VALUES ($1, $2)',
    'WITH gone AS (DELETE FROM directory_group WHERE workspace_id = $1 AND id = $2 RETURNING id) SELECT id FROM gone',
  ])('finds what creates or deletes in the directory and does not count it: %s', (text) => {
    expect(judge([text]).faults).toEqual([expect.stringContaining('does not count')]);
  });

  it.each([
    `WITH gone AS (DELETE FROM directory_user WHERE workspace_id = $1 AND id = $2 RETURNING id) ${noted}`,
    'DELETE FROM directory_group WHERE workspace_id = $1',
    'DELETE FROM directory_group_member WHERE workspace_id = $1 AND group_id = $2',
  ])('lets pass what counts, or has nothing to count: %s', (text) => {
    expect(judge([text]).faults).toEqual([]);
  });

  it.each([
    'SELECT id FROM member m WHERE workspace_id = $1 AND EXISTS (SELECT FROM sync_link l WHERE l.workspace_id = m.workspace_id)',
    'SELECT x.id FROM member m, LATERAL (SELECT l.member_id AS id FROM sync_link l WHERE l.workspace_id = m.workspace_id) x WHERE m.workspace_id = $1',
  ])('tells a workspace of the row around a SELECT from one that is given: %s', (text) => {
    expect(judge([text]).faults).toEqual([expect.stringContaining('by another part of the statement only')]);
  });

  it('tells a workspace that comes out of another part from one that is given', () => {
    const text =
      'WITH found AS (SELECT workspace_id, id FROM member WHERE workspace_id = $1) ' +
      'DELETE FROM sync_link l USING found WHERE l.workspace_id = found.workspace_id AND l.member_id = found.id';
    expect(judge([text]).faults).toEqual([expect.stringContaining('by another part of the statement only')]);
  });

  it('says which names of exceptions nothing needs any more', () => {
    expect(judge([]).unused).toContain('the next run');
    expect(
      judge(['SELECT w.x FROM admin_session s, workspace w WHERE s.token_hash = $1']).unused,
    ).not.toContain('a session is looked up');
  });
});
