import type { EventPublisher } from './event-publisher.ts';

/** New events that concern a reader, as the publisher of this process tells of them. Waiting for them asks nothing. */
export class News {
  private hasCome = false;
  private wake: (() => void) | null = null;
  private readonly unlisten: () => void;

  /** @param concerns whether new events of these workspaces are of interest */
  constructor(publisher: EventPublisher, concerns: (workspaceIds: ReadonlySet<string>) => boolean) {
    this.unlisten = publisher.listen((workspaceIds) => {
      if (!concerns(workspaceIds)) return;
      this.hasCome = true;
      this.wake?.();
    });
  }

  /** Waits for the next news, or the end of the time. */
  async next(withinMs: number, signal: AbortSignal): Promise<void> {
    if (!this.hasCome && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        signal.addEventListener('abort', end);
        this.wake = end;
      });
    }
    this.wake = null;
    this.hasCome = false;
  }

  end(): void {
    this.unlisten();
  }
}
