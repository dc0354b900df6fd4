import {
  changeThreeBody,
  createGroupBody,
  createUserBody,
  deactivateBody,
  lookupPath,
  userNameOf,
} from './entra-requests.ts';
import { concurrency, idOf, manyAtOnce, type Subject } from './subject.ts';

/** One kind of work of an identity provider. */
export interface Step {
  key: string;
  label: string;
  /** How many of it for each user of a round. */
  perUser: number;
  /** Requests on their way at once. */
  atOnce: number;
  /** @param index the task's number in this round, from 0; `first` the number of the round's first user */
  task: (subject: Subject, index: number, first: number) => Promise<unknown>;
}

const pageSize = 100;

/** Entra's work, in the order in which it comes: each step works on the users that the round has created. */
const work: Omit<Step, 'atOnce'>[] = [
  {
    key: 'lookupMiss',
    label: 'lookup, nobody there',
    perUser: 1,
    task: ({ client }, index, first) => client.send('GET', lookupPath(`nobody.${first + index}`), 200),
  },
  { key: 'create', label: 'create (lookup + POST)', perUser: 1, task: createUser },
  {
    key: 'lookupHit',
    label: 'lookup, one found',
    perUser: 1,
    task: ({ client }, index, first) => client.send('GET', lookupPath(userNameOf(first + index)), 200),
  },
  {
    key: 'get',
    label: 'get',
    perUser: 1,
    task: ({ client, userIds }, index, first) =>
      client.send('GET', `/Users/${userIds[first + index] ?? ''}`, 200),
  },
  {
    key: 'patch',
    label: 'PATCH of three attributes',
    perUser: 1,
    task: ({ client, userIds }, index, first) =>
      client.send('PATCH', `/Users/${userIds[first + index] ?? ''}`, 200, changeThreeBody(first + index)),
  },
  {
    key: 'deactivate',
    label: 'deactivate',
    perUser: 1,
    task: ({ client, userIds }, index, first) =>
      client.send('PATCH', `/Users/${userIds[first + index] ?? ''}`, 200, deactivateBody),
  },
  {
    key: 'list',
    label: 'page of 100',
    perUser: 0.03,
    task: ({ client, userIds }, index) => {
      const pages = Math.max(1, Math.floor(userIds.length / pageSize));
      const startIndex = (index % pages) * pageSize + 1;
      return client.send('GET', `/Users?startIndex=${startIndex}&count=${pageSize}`, 200);
    },
  },
  {
    key: 'createGroup',
    label: 'create group',
    perUser: 0.5,
    task: ({ client }, index, first) =>
      client.send('POST', '/Groups', 201, createGroupBody(`Group ${first + index}`)),
  },
];

const writes = ['create', 'patch', 'deactivate', 'createGroup'];

/** The same with as many requests as an identity provider in a hurry sends, on users of their own. */
const stepsOfManyAtOnce: Step[] = work
  .filter(({ key }) => writes.includes(key))
  .map((step) => ({
    ...step,
    key: `${step.key}${manyAtOnce}`,
    label: `${step.label}, ${manyAtOnce} at once`,
    atOnce: manyAtOnce,
  }));

/** A round: parts with users of their own, each of steps. */
export const partsOfRound: readonly (readonly Step[])[] = [
  work.map((step) => ({ ...step, atOnce: concurrency })),
  stepsOfManyAtOnce,
];

/** As Entra creates: it asks whether there is such a user, then posts. */
export async function createUser(subject: Subject, index: number, first: number): Promise<void> {
  await subject.client.send('GET', lookupPath(userNameOf(first + index)), 200);
  await postUser(subject, index, first);
}

/** Posts the user with this number and notes its id. */
export async function postUser({ client, userIds }: Subject, index: number, first: number): Promise<void> {
  const answer = await client.send('POST', '/Users', 201, createUserBody(first + index));
  userIds[first + index] = idOf(answer);
}
