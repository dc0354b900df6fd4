/**
 * A process of its own that asks without a pause whether people have access, one question after the other: what the
 * benchmark itself does meanwhile, its garbage collection among it, is not part of an answer.
 *
 * Arguments: the address of the service, the workspace, its members. Each message to it takes the times of the answers
 * since the last one, in milliseconds. It ends when its channel does.
 */
import { HttpClient } from '../http-client.ts';
import { operatorToken } from '../sync/service.ts';
import { timed } from '../sync/watch.ts';

const [url = '', workspace = '', members = ''] = process.argv.slice(2);
const client = new HttpClient(url, operatorToken, 1, { root: '/operator', contentType: 'application/json' });
let times: number[] = [];
let hasEnded = false;

process.on('message', () => {
  process.send?.(times);
  times = [];
});
process.on('disconnect', () => (hasEnded = true));

for (let at = 0; !hasEnded; at += 1) times.push(await timed(() => ask(at)));
client.close();

/** People all over the workspace, by each of their names in turn. */
function ask(at: number): Promise<string> {
  const n = 1 + ((at * 7_919) % Number(members));
  const who = [
    { email: `large${n}@example.com` },
    { externalId: `v-${n}` },
    { idpExternalId: `object-${n}` },
  ];
  const body = JSON.stringify({ workspace, ...who[at % who.length] });
  return client.send('POST', '/access-checks', 200, body);
}
