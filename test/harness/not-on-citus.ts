/** Tests that say something about one PostgreSQL, and why they cannot hold where rows lie on several nodes. */
export interface NotOnCitus {
  spec: string;
  /** A part of the full name of each test that is meant; absent: all of the spec. */
  tests?: readonly string[];
  because: string;
}

const plans = 'looks at the plan of a plain PostgreSQL: the coordinator of Citus shows its own';
const texts = 'counts statements by their text: a write is one call of a function there';
const oldMigration =
  'carries out a migration of an earlier release, which each distributed database has behind it';
const moves =
  'a workspace moves between databases that are not distributed: the move watches rows by a trigger';
const triggers = 'makes a trigger on a table to bring about a failure: distributed tables refuse triggers';

/** What `npm run test:distributed` leaves out. */
export const notOnCitus: readonly NotOnCitus[] = [
  {
    spec: 'test/scim/lookup.spec.ts',
    tests: ['a lookup is one statement, answered by an index', 'without sorting'],
    because: plans,
  },
  { spec: 'test/scim/lookup.spec.ts', tests: ['a write is as few statements as it can be'], because: texts },
  {
    spec: 'test/scim/statements.spec.ts',
    tests: [
      'one for a get',
      'one for a new user or group',
      'one for a PATCH of a user',
      'one for one member more or less',
    ],
    because: texts,
  },
  {
    spec: 'test/scim/combined-writes.spec.ts',
    tests: ['answer, store, queue and note what they would', 'are answered each with its own groups'],
    because: texts,
  },
  {
    spec: 'test/scim/combined-writes.spec.ts',
    tests: ['carry out the others when PostgreSQL refuses one'],
    because: triggers,
  },
  { spec: 'test/scim/rolled-back-writes.spec.ts', because: triggers },
  {
    spec: 'test/scim/isolation.spec.ts',
    tests: ['leave no row of one under the name of the other'],
    because: 'joins rows of all workspaces by another column, which Citus does not',
  },
  { spec: 'test/http/refused-writes.spec.ts', because: triggers },
  {
    spec: 'test/database/database-faults.spec.ts',
    tests: ['25006 is database-read-only'],
    because: triggers,
  },
  {
    spec: 'test/http/acts-beside-acts.spec.ts',
    tests: ['is done once, and answered as if it had been alone'],
    because:
      'Citus chooses which of two transactions that wait for each other it ends, and often ends that of the test',
  },
  {
    spec: 'test/database/migrations.spec.ts',
    because:
      'takes migrations back and forth, and compares the schema: a distributed one has names of Citus in it',
  },
  {
    spec: 'test/personal-data/columns.spec.ts',
    because: 'reads which columns the database has, and Citus brings views of its own',
  },
  {
    spec: 'test/database/several-nodes.spec.ts',
    because: 'compares with a plain PostgreSQL, and joins what lies on several nodes',
  },
  {
    spec: 'test/database/service-role.spec.ts',
    because:
      'says what a role may do in one PostgreSQL, with what guards the tests there; on several nodes it was not tried',
  },
  {
    spec: 'test/database/new-workspace.spec.ts',
    because:
      'fills tables by a statement with random values, and looks at what the statistics of one PostgreSQL bring about',
  },
  {
    spec: 'test/scim/rfc-writes.spec.ts',
    tests: ['goes on working where it was there before names were compared so'],
    because: oldMigration,
  },
  {
    spec: 'test/member-directory/members.spec.ts',
    tests: ['goes by an index', 'goes by the beginnings of names'],
    because: plans,
  },
  { spec: 'test/member-directory/groups-by-name.spec.ts', tests: ['reads no more of them'], because: plans },
  {
    spec: 'test/workspaces/assertions.spec.ts',
    tests: ['opens no session of a workspace that is being erased'],
    because:
      'answers 503 instead of 404 there: Citus locks a table that every node has as a whole; no session is opened either',
  },
  { spec: 'test/workspaces/each-workspace.spec.ts', because: triggers },
  {
    spec: 'test/provisioning-log/log-for-everybody.spec.ts',
    tests: ['is not waited for by the others when somebody holds its workspace'],
    because:
      'the last contact of the others waits, too: Citus locks a table that every node has as a whole; the log goes on',
  },
  {
    spec: 'test/database/log-on-several-nodes.spec.ts',
    tests: ['who locks the whole table of workspaces'],
    because: 'locks a table as Citus does where a row is locked, which it cannot be asked for',
  },
  {
    spec: 'test/provisioning-log/log-for-everybody.spec.ts',
    tests: [
      'is written with its bare facts',
      'is put aside and counted',
      'does not keep the last contact from being written',
      'to delete does not keep what is old of the others',
    ],
    because: triggers,
  },
  {
    spec: 'test/sync/directory-users.spec.ts',
    tests: ['searches in an index that holds what is searched'],
    because: plans,
  },
  { spec: 'test/workspaces/move.spec.ts', because: moves },
  { spec: 'test/workspaces/move-killed.spec.ts', because: moves },
  { spec: 'test/host-product/access-checks.spec.ts', tests: ['go by indexes alone'], because: plans },
];

/** Why a test is left out; null: it is not. @param path of its spec */
export function reasonNotOnCitus(path: string, name: string): string | null {
  const found = notOnCitus.find(
    ({ spec, tests }) =>
      path.endsWith(spec) && (tests === undefined || tests.some((part) => name.includes(part))),
  );
  return found?.because ?? null;
}
