import { allNodesEveryMs } from './distributed.ts';

/**
 * The workspaces in which there may be something to do, as far as this process has heard. In a distributed database, where all
 * nodes must be asked for the others, they are asked from time to time only.
 */
export class HeardWorkspaces {
  private readonly heard = new Set<string>();
  private asksAllAtMs = Number.NEGATIVE_INFINITY;

  /** In these workspaces there may be something to do. */
  hear(workspaceIds: Iterable<string>): void {
    for (const id of workspaceIds) this.heard.add(id);
  }

  /** There is nothing to do in those that were heard of. */
  forget(): void {
    this.heard.clear();
  }

  /** Those that were heard of, in that order, and not asked since. */
  get ids(): string[] {
    return [...this.heard];
  }

  /** Whether it is time to ask all nodes. */
  get asksAll(): boolean {
    return performance.now() >= this.asksAllAtMs;
  }

  /** It is time to ask all nodes. */
  askAll(): void {
    this.asksAllAtMs = Number.NEGATIVE_INFINITY;
  }

  /** All nodes were asked, and have nothing more: they are asked again after `allNodesEveryMs`. */
  allWereAsked(): void {
    this.asksAllAtMs = performance.now() + allNodesEveryMs;
  }

  /**
   * Asks for these workspaces. They are forgotten before that, since they may be heard of again meanwhile; they are remembered
   * again when asking fails, or finds that there is more.
   *
   * @param isMore whether the answer says that there may be more to do in these workspaces
   */
  async asking<Answer>(
    workspaceIds: readonly string[],
    ask: () => Promise<Answer>,
    isMore: (answer: Answer) => boolean = () => false,
  ): Promise<Answer> {
    for (const id of workspaceIds) this.heard.delete(id);
    let isDone = false;
    try {
      const answer = await ask();
      isDone = !isMore(answer);
      return answer;
    } finally {
      if (!isDone) this.hear(workspaceIds);
    }
  }
}
