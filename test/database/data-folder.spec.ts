import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createWorkspace,
  lives,
  makeDataDir,
  postgresPid,
  readOperatorToken,
  type ServiceProcess,
  spawnService,
  startServiceProcess,
  statusOfWorkspace,
  whyNoContainer,
} from '../harness/process.ts';

const noContainer = whyNoContainer();
if (noContainer !== null) {
  process.stderr.write(
    `NOT TESTED: a data folder shared by two containers, since "unshare" fails: ${noContainer}\n`,
  );
}
const withContainers = noContainer === null ? it : it.skip;
const leftBehindElsewhere =
  'is in use by a PostgreSQL that a killed service left behind in another container, which must end first';

describe('the data folder of a service on its embedded PostgreSQL', () => {
  let dataDir: string;
  let remove: () => Promise<void>;
  let token: string;
  let workspaceId: string;
  /** Runs at the beginning of each test, but of the last, which starts with it stopped. */
  let service: ServiceProcess;

  beforeAll(async () => {
    ({ dataDir, remove } = await makeDataDir());
    service = await startServiceProcess({ DATA_DIR: dataDir });
    token = await readOperatorToken(dataDir);
    workspaceId = await createWorkspace(service, token);
  });

  afterAll(async () => {
    await service.stop();
    await remove();
  });

  async function startAgain(): Promise<void> {
    service = await startServiceProcess({ DATA_DIR: dataDir });
    expect(await statusOfWorkspace(service, token, workspaceId)).toBe(200);
  }

  async function expectRefused(place: { inContainer: boolean }, why: string): Promise<void> {
    const second = await spawnService({ DATA_DIR: dataDir }, place);
    expect((await second.ended()).code).toBe(78);
    expect(second.output()).toBe(`user-provisioning: DATA_DIR ${why}: ${dataDir}\n`);
  }

  it('keeps its data over a restart and leaves no PostgreSQL behind', async () => {
    const postgres = await postgresPid(dataDir);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(await lives(postgres)).toBe(false);
    await startAgain();
  });

  it('keeps its data over a SIGKILL, is refused to another container while the PostgreSQL left behind works, and ends it', async () => {
    const postgres = await postgresPid(dataDir);
    await service.stop('SIGKILL');
    if (noContainer === null) await expectRefused({ inContainer: true }, leftBehindElsewhere);
    expect(await lives(postgres)).toBe(true);
    await startAgain();
    expect(await lives(postgres)).toBe(false);
  });

  it('lets the service start although PostgreSQL and the service were both killed', async () => {
    const postgres = await postgresPid(dataDir);
    await service.stop('SIGKILL');
    process.kill(postgres, 'SIGKILL');
    await startAgain();
  });

  it('is served again when PostgreSQL dies: it is started again', async () => {
    process.kill(await postgresPid(dataDir), 'SIGKILL');
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 600 && !statuses.has(200); attempt += 1) {
      await sleep(50);
      statuses.add(await statusOfWorkspace(service, token, workspaceId));
    }
    expect(statuses).toContain(200);
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  it('is refused to a second service in one line', async () => {
    await expectRefused({ inContainer: false }, 'is in use by another running service');
    expect(await statusOfWorkspace(service, token, workspaceId)).toBe(200);
  });

  withContainers('is refused to a second service in another container in one line', async () => {
    await expectRefused({ inContainer: true }, 'is in use by another running service');
    expect(await statusOfWorkspace(service, token, workspaceId)).toBe(200);
  });

  it('whose password is lost is refused in one line', async () => {
    const password = join(dataDir, 'postgresql-password');
    await service.stop();
    await rename(password, `${password}.away`);
    const why =
      'the password of its database cannot be read (ENOENT); bring back postgresql-password from a backup';
    const refused = await spawnService({ DATA_DIR: dataDir });
    expect((await refused.ended()).code).toBe(78);
    expect(refused.output()).toBe(`user-provisioning: DATA_DIR: ${why}\n`);
    await rename(`${password}.away`, password);
  });

  it('has no PostgreSQL left when the service is told to stop while it starts, and keeps its data', async () => {
    await service.stop();
    const starting = await spawnService({ DATA_DIR: dataDir });
    while ((await postgresPid(dataDir).catch(() => 0)) === 0) await sleep(20);
    const postgres = await postgresPid(dataDir);
    expect((await starting.stop()).signal).toBe(null);
    expect(await lives(postgres)).toBe(false);
    await startAgain();
  });
});
