import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { casesFactor } from '../harness/cases.ts';
import { peopleAtFirst, person, run, type Said, TwoPlaces } from '../harness/two-places.ts';

jest.setTimeout(180_000);

describe('workspace:move', () => {
  const places = new TwoPlaces();

  const steps = [1, 2, 3, 4, 5, 6, 7];
  /** Each attempt begins at step 1 until the new place has all: one that is killed later got past where the last was. */
  const attempts = casesFactor === 1 ? [steps] : [steps, ...steps.map((step) => [step])];

  it.each(attempts.map((killedAt) => ({ killedAt })))(
    'killed at steps $killedAt, each time called again, leaves one owner, and ends',
    async ({ killedAt }) => {
      let isOver = false;
      const { there, done } = places.write(() => isOver);
      let extra = 0;
      for (const step of killedAt) extra += await killedAndTried(step);
      const { code, text } = await places.move();
      isOver = true;
      await done;
      // Killed after its last step had ended, there is nothing left to do.
      if (code !== 0) expect(text).toContain('has been moved away');
      expect(await places.countAt(places.to)).toBe(peopleAtFirst + there.size + extra);
      expect(await places.countAt(places.from)).toBe(421);
    },
  );

  /** Kills a move, and tries to write at both places: one accepts that, or none for the moment; never both. */
  async function killedAndTried(step: number): Promise<number> {
    await sleep(200);
    const killed = await places.move((text, program) => {
      if (text.includes(`Step ${step} of 7`)) program.kill('SIGKILL');
    });
    expect(killed).toMatchObject({ code: null, text: expect.stringContaining(`Step ${step} of 7`) });
    await sleep(200);
    const [here, elsewhere] = [
      (await places.scimAt(places.from, '/Users', 'POST', person(`between-${step}`))).status,
      (await places.scimAt(places.to, '/Users', 'POST', person(`there-${step}`))).status,
    ];
    const taken = [here, elsewhere].filter((status) => status === 201).length;
    expect(taken).toBeLessThanOrEqual(1);
    return taken;
  }

  it('gives it free again with --abort, and refuses that once the new place has it', async () => {
    await places.move((text, program) => {
      if (text.includes('Step 5 of 7')) program.kill('SIGKILL');
    });
    const { code } = await run('workspace-move.ts', [...places.args, '--abort']);
    if (code === 0) {
      await places.workspace.scim.post('/Users', person('again')).expect(201);
      expect(await places.countAt(places.to)).toBe(401);
    }
    await places.move();
    expect(await run('workspace-move.ts', [...places.args, '--abort'])).toMatchObject({
      code: 78,
      text: expect.stringContaining('has been moved away'),
    });
  });

  it('is refused while another process moves the same workspace', async () => {
    const others: Promise<Said>[] = [];
    await places.move((text) => {
      if (text.includes('Step 2 of 7') && others.length === 0)
        others.push(run('workspace-move.ts', [...places.args, '--yes']));
    });
    expect((await Promise.all(others))[0]).toMatchObject({
      code: expect.any(Number),
      text: expect.stringMatching(/Another process is moving|has been moved away/),
    });
  });
});
