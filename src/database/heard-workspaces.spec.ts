import { describe, expect, it } from '@jest/globals';
import { HeardWorkspaces } from './heard-workspaces.ts';

describe('workspaces that were heard of', () => {
  it('are forgotten once they were asked for, but not when asking fails or finds that there is more', async () => {
    const workspaces = new HeardWorkspaces();
    workspaces.hear(['one', 'two', 'three', 'four']);
    expect(await workspaces.asking(['one'], () => Promise.resolve(null))).toBeNull();
    await expect(workspaces.asking(['two'], () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await workspaces.asking(
      ['three'],
      () => Promise.resolve('a run'),
      (run) => run !== null,
    );
    expect(workspaces.ids).toEqual(['four', 'two', 'three']);
  });

  it('are remembered when they are heard of again while they are asked for', async () => {
    const workspaces = new HeardWorkspaces();
    workspaces.hear(['one']);
    await workspaces.asking(['one'], () => {
      workspaces.hear(['one']);
      return Promise.resolve(null);
    });
    expect(workspaces.ids).toEqual(['one']);
  });

  it('are not all there is until all nodes have said so', () => {
    const workspaces = new HeardWorkspaces();
    expect(workspaces.asksAll).toBe(true);
    workspaces.allWereAsked();
    expect(workspaces.asksAll).toBe(false);
    workspaces.askAll();
    expect(workspaces.asksAll).toBe(true);
  });
});
