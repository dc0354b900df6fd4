import { beforeAll, beforeEach } from '@jest/globals';
import type { Clock } from '../../src/database/clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { type Service, type ServiceOptions, startService } from './service.ts';
import {
  type Client,
  givenWorkspace,
  type Host,
  type ScimClient,
  type TestWorkspace,
  type TestWorkspaceOptions,
} from './workspace.ts';

/**
 * The service of a spec file or `describe` block, started once before its first test.
 *
 * A spec reads `const service = useService();` at its top. The service exists only while tests and hooks run;
 * read earlier, it throws.
 */
export function useService<ClockOfService extends Clock = FakeClock>(
  options: ServiceOptions<ClockOfService> = {},
): Service<ClockOfService> {
  let started: Service<ClockOfService> | undefined;
  beforeAll(async () => {
    started = await startService(options);
  });
  return readLater<Service<ClockOfService>>('service', serviceParts, () => started);
}

/** A new workspace for each test. Its clients may be taken apart at once: `const { admin } = useWorkspace(service)`. */
export function useWorkspace(service: Host, options?: TestWorkspaceOptions): Readonly<TestWorkspace> {
  let current: TestWorkspace | undefined;
  beforeEach(async () => {
    current = await givenWorkspace(service, options);
  });
  return workspaceReadLater(() => current);
}

/** One workspace for all tests of a spec file or `describe` block; otherwise as {@link useWorkspace}. */
export function useSharedWorkspace(service: Host, options?: TestWorkspaceOptions): Readonly<TestWorkspace> {
  let current: TestWorkspace | undefined;
  beforeAll(async () => {
    current = await givenWorkspace(service, options);
  });
  return workspaceReadLater(() => current);
}

/** Names each property of a type once, so that none is forgotten. */
type Parts<T> = Record<keyof T, true>;

const serviceParts: Parts<Service> = {
  url: true,
  config: true,
  app: true,
  dataSource: true,
  clock: true,
  databaseUrl: true,
  http: true,
  copies: true,
  provider: true,
  openApiDocument: true,
  stop: true,
};
const workspaceParts = { id: true, adminToken: true, token: true } as const;
const clientParts: Parts<Client> = {
  get: true,
  post: true,
  put: true,
  patch: true,
  delete: true,
  send: true,
};

function workspaceReadLater(current: () => TestWorkspace | undefined): TestWorkspace {
  const clients = {
    operator: readLater<Client>('workspace', clientParts, () => current()?.operator),
    admin: readLater<Client>('workspace', clientParts, () => current()?.admin),
    scim: readLater<ScimClient>('workspace', clientParts, () => current()?.scim),
  };
  const rest = readLater<Omit<TestWorkspace, keyof typeof clients>>('workspace', workspaceParts, current);
  // Frozen: a test that assigned another client would leave it to the tests after it.
  return Object.freeze(
    Object.defineProperties(clients, Object.getOwnPropertyDescriptors(rest)) as TestWorkspace,
  );
}

/** Stands in for an object that exists only later: each property is read from it when it is asked for. */
function readLater<T extends object>(name: string, parts: Parts<T>, current: () => T | undefined): T {
  const standIn = {};
  for (const part of Object.keys(parts) as (keyof T)[])
    Object.defineProperty(standIn, part, {
      enumerable: true,
      get: () => {
        const existing = current();
        if (existing === undefined)
          throw new Error(`The ${name} exists only while tests and their hooks run`);
        return existing[part];
      },
    });
  return standIn as T;
}
