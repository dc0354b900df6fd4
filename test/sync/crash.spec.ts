import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PlainHttp, plainHttp } from '../harness/plain-http.ts';
import { company } from '../../simulator/company.ts';
import { EntraClient } from '../../simulator/entra.ts';
import {
  makeDataDir,
  readOperatorToken,
  type ServiceProcess,
  startServiceProcess,
} from '../harness/process.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

const users = 150;
const killAfterCreated = 60;

describe('a service that is killed during an initial cycle', () => {
  let folder: Awaited<ReturnType<typeof makeDataDir>>;
  let service: ServiceProcess;
  let workspace: TestWorkspace;

  beforeAll(async () => {
    folder = await makeDataDir();
    service = await startServiceProcess({ DATA_DIR: folder.dataDir });
    workspace = await givenWorkspace(await host(service));
  });

  afterAll(async () => {
    await service.stop();
    await folder.remove();
  });

  it('has every user whose creation it had acknowledged, and takes the rest when the cycle is repeated', async () => {
    const acknowledged: string[] = [];
    let cutOff: Promise<unknown> = Promise.resolve();
    const killed = new Promise<void>((resolve) => {
      const entra = new EntraClient({
        baseUrl: `${service.url}/scim/v2`,
        token: workspace.token,
        retryDelayMs: 1,
        fetch: async (input, init) => {
          const answer = await fetch(input, init);
          if (answer.status === 201) acknowledged.push(((await answer.clone().json()) as { id: string }).id);
          if (acknowledged.length === killAfterCreated) void service.stop('SIGKILL').then(() => resolve());
          return answer;
        },
      });
      cutOff = entra.initialCycle(company(11, users, 0));
    });
    await killed;
    // The rest of the cycle's requests fail meanwhile.
    [service] = await Promise.all([
      startServiceProcess({ DATA_DIR: folder.dataDir }),
      Promise.allSettled([cutOff]),
    ]);
    const { scim } = clientsOf(await host(service), workspace);
    for (const id of acknowledged) expect((await scim(id)).status).toBe(200);

    const again = new EntraClient({ baseUrl: `${service.url}/scim/v2`, token: workspace.token });
    const report = await again.initialCycle(company(11, users, 0));
    expect(report.failures).toEqual([]);
    expect(report.users.created + report.users.matched).toBeGreaterThanOrEqual(users);
    const list = await plainHttp(service.url)
      .get('/scim/v2/Users?count=0')
      .set('Authorization', `Bearer ${workspace.token}`)
      .expect(200);
    expect(list.body.totalResults).toBe(users);
  });

  async function host({ url }: ServiceProcess) {
    return { http: plainHttp(url), config: { operatorToken: await readOperatorToken(folder.dataDir) } };
  }
});

function clientsOf({ http }: { http: PlainHttp }, { token }: TestWorkspace) {
  return { scim: (id: string) => http.get(`/scim/v2/Users/${id}`).set('Authorization', `Bearer ${token}`) };
}
