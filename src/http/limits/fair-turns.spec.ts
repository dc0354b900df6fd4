import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import type { KnownRequest } from '../request/request-state.ts';
import { fairTurns, workedOnEachMin, workedOnMax } from './fair-turns.ts';

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('turns of identity providers', () => {
  it('lets one workspace alone have all the turns there are', () => {
    const { send } = givenTurns();
    for (let n = 0; n < workedOnMax + 10; n += 1) send('alone');
    expect(send.begun('alone')).toBe(workedOnMax);
  });

  it('leaves a workspace that floods its share although the others, heard of before, send nothing at this moment', () => {
    const { send } = givenTurns();
    for (let n = 0; n < workedOnMax; n += 1) send(`other ${n}`).finish();
    for (let n = 0; n < 100; n += 1) send('flood');
    expect(send.begun('flood')).toBe(workedOnEachMin);
    send('other 1');
    expect(send.begun('other 1')).toBe(2);
  });

  it('begins the next request of a workspace when an earlier one is answered or its client has gone', async () => {
    const { send } = givenTurns();
    for (let n = 0; n < workedOnMax; n += 1) send(`other ${n}`).finish();
    const [first, second] = [send('flood'), send('flood'), send('flood'), send('flood'), send('flood')];
    first?.finish();
    second?.leave();
    await tick();
    expect(send.begun('flood')).toBe(workedOnEachMin + 2);
  });
});

/** `send` has a request of a workspace arrive; it may finish or leave; `send.begun` counts those that are worked on. */
function givenTurns() {
  const turns = fairTurns();
  const begun = new Map<string, number>();
  const send = (workspaceId: string) => {
    const response = Object.assign(new EventEmitter(), { closed: false });
    const request = { apiToken: { workspaceId, tokenId: workspaceId } } as KnownRequest;
    void turns(request, response as unknown as Response, () => {
      begun.set(workspaceId, (begun.get(workspaceId) ?? 0) + 1);
    });
    return { finish: () => response.emit('prefinish'), leave: () => response.emit('close') };
  };
  return { send: Object.assign(send, { begun: (workspaceId: string) => begun.get(workspaceId) ?? 0 }) };
}
