import { gzipSync } from 'node:zlib';
import type { BenchService, BenchWorkspace } from '../sync/service.ts';

/** A request as an attacker sends it again and again. */
export interface HostileRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** The body in base64, so that it may be no text. */
  bodyBase64?: string;
}

/** What one tenant, or nobody's client, does with everything that it is allowed. */
export interface Attack {
  name: string;
  /** Sends at a time. */
  connections: number;
  /** Stands for so many senders that no limit of requests holds them: nothing is refused by its rate. */
  isOfMany?: boolean;
  /** Puts the attacker's own workspace into the state that the attack needs, and says what to send, in turns. */
  prepare: (service: BenchService, attacker: BenchWorkspace) => Promise<HostileRequest[]>;
}

const megabyte = 1024 * 1024;
const coreUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const largeUrn = 'urn:example:large:2.0:User';
const json = { 'content-type': 'application/json' };
const searchTerms = 199;
const sameNameUsers = 10_000;
const largeUsers = 560;
const patternRoles = 50;
const patternValueChars = 19_800;

/** Needs no workspace, so that it can be sent by itself, too. */
export const bodiesWithoutToken = {
  name: 'bodies without a token: 16 MB of brackets in 16 kB of gzip, and 1 MB of them as they are',
  connections: 10,
  requests(): HostileRequest[] {
    const brackets = (bytes: number) => Buffer.alloc(bytes, '[');
    const zipped = gzipSync(brackets(16 * megabyte)).toString('base64');
    const plain = brackets(megabyte).toString('base64');
    const gzip = { ...json, 'content-encoding': 'gzip' };
    return [
      { method: 'POST', path: '/scim/v2/Groups', headers: gzip, bodyBase64: zipped },
      { method: 'POST', path: '/api/session', headers: gzip, bodyBase64: zipped },
      { method: 'POST', path: '/api/session', headers: json, bodyBase64: plain },
      { method: 'POST', path: '/scim/v2/Users', headers: json, bodyBase64: plain },
    ];
  },
  prepare(): Promise<HostileRequest[]> {
    return Promise.resolve(this.requests());
  },
} satisfies Attack & { requests: () => HostileRequest[] };

const groupBodies: Attack = {
  name: 'group writes of 16 MB with a token, of brackets and of empty objects',
  connections: 10,
  prepare: (_service, attacker) => {
    const headers = { ...json, authorization: `Bearer ${attacker.apiToken}` };
    const bodyOf = (unit: string) => Buffer.alloc(15 * megabyte, unit).toString('base64');
    return Promise.resolve(
      ['[', '{},'].map((unit) => ({
        method: 'POST',
        path: '/scim/v2/Groups',
        headers,
        bodyBase64: bodyOf(unit),
      })),
    );
  },
};

const searches: Attack = {
  name: 'searches of 199 terms over 10,000 people of one name, by equality and without',
  connections: 10,
  prepare: async ({ sql }, attacker) => {
    await sql.query(
      `INSERT INTO directory_user
         (workspace_id, id, external_id, user_name, user_name_key, active, display_name_hash, resource,
          created_at, modified_at)
       SELECT $1, uuidv7(), 'same-' || n, 'same' || n, 'same' || n, true, scim_hash('samename'), jsonb_build_object(
           'schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:User'),
           'userName', 'same' || n, 'externalId', 'same-' || n, 'active', true,
           'displayName', 'SameName', 'title', 'Title ' || n), now(), now()
       FROM generate_series(1, $2::int) AS n`,
      [attacker.id, sameNameUsers],
    );
    await sql.query('ANALYZE directory_user');
    const terms = Array.from({ length: searchTerms }, (_, n) => `title co "zz${n}"`).join(' or ');
    const filters = [`displayName eq "SameName" and (${terms})`, terms];
    return filters.map((filter) => ({
      method: 'POST',
      path: '/scim/v2/Users/.search',
      headers: { ...json, authorization: `Bearer ${attacker.apiToken}` },
      bodyBase64: base64Json({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter,
        count: 1000,
      }),
    }));
  },
};

const costlyPatterns: Attack = {
  name: 'mapping previews with a costly pattern over long values',
  connections: 4,
  prepare: async (_service, attacker) => {
    const value = 'ab'.repeat(patternValueChars / 2);
    await createLargePeople(attacker, 2, (n, share) => ({
      schemas: [coreUrn],
      userName: `pattern-${n}@example.com`,
      emails: [{ value: `pattern-${n}@example.com` }],
      roles: Array.from({ length: Math.ceil(patternRoles * share) }, (_, role) => ({
        value: `${value}${role}`,
      })),
    }));
    const { rules } = (await attacker.admin('GET', '/api/attribute-mapping')) as { rules: unknown[] };
    const costly = {
      source: 'roles.value',
      transforms: [{ name: 'extract', args: ['([ab]{100})+[^ab]'] }],
      target: { field: 'jobTitle' },
      when: 'always',
    };
    const kept = rules.filter((rule) => JSON.stringify(rule).includes('"jobTitle"') === false);
    return [
      {
        method: 'POST',
        path: '/api/attribute-mapping/preview',
        headers: { ...json, authorization: `Bearer ${attacker.sessionToken}` },
        bodyBase64: base64Json({ rules: [...kept, costly] }),
      },
    ];
  },
};

const largeResources: Attack = {
  name: 'lists of 560 people, each as large as is allowed',
  connections: 8,
  prepare: async (_service, attacker) => {
    await createLargePeople(attacker, largeUsers, (n, share) => ({
      schemas: [coreUrn, largeUrn],
      userName: `large-${n}@example.com`,
      [largeUrn]: largeExtension(share),
    }));
    return [
      {
        method: 'GET',
        path: '/scim/v2/Users?count=1000',
        headers: { authorization: `Bearer ${attacker.apiToken}` },
      },
    ];
  },
};

/** Everything that `npm run bench:abuse` tries. */
export const attacks: readonly Attack[] = [
  bodiesWithoutToken,
  { ...bodiesWithoutToken, name: `${bodiesWithoutToken.name}, from many addresses`, isOfMany: true },
  groupBodies,
  searches,
  costlyPatterns,
  largeResources,
];

/** Shares of the largest size that are tried until one is accepted. */
const shares = [1, 0.5, 0.25, 0.12, 0.06, 0.03] as const;

/**
 * Creates people as large as the service takes them.
 *
 * @param userOf the n-th person at a share of the largest size
 * @throws Error when even the smallest share is refused
 */
async function createLargePeople(
  { scim }: BenchWorkspace,
  people: number,
  userOf: (n: number, share: number) => unknown,
): Promise<void> {
  const [first, ...smaller] = shares;
  const left = [...smaller];
  let share: number = first;
  for (let n = 0; n < people;) {
    try {
      await scim('POST', '/Users', userOf(n, share));
      n += 1;
    } catch (error) {
      const next = left.shift();
      if (next === undefined) throw error;
      share = next;
    }
  }
}

/** About 900 kB at a share of 1, in values of ordinary length. */
function largeExtension(share: number): Record<string, string> {
  const values = Math.ceil(900 * share);
  return Object.fromEntries(Array.from({ length: values }, (_, n) => [`value${n}`, 'x'.repeat(1000)]));
}

function base64Json(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}
