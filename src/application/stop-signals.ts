/** npm passes a Ctrl-C on although the terminal already told everyone, so a second signal at once means nothing. */
const secondSignalCountsAfterMs = 1_000;

/**
 * Listens for SIGTERM and SIGINT from its making on. The first asks to stop in good order; one that comes later
 * than a second after it ends the process at once.
 */
export class StopSignals {
  /** Resolves with the first signal. */
  readonly requested: Promise<NodeJS.Signals>;
  #firstAt: number | null = null;
  #beforeForcedExit: () => void = () => undefined;

  constructor() {
    this.requested = new Promise((resolve) => {
      const onSignal = (signal: NodeJS.Signals) => {
        this.#forceWhenRepeated();
        this.#firstAt ??= performance.now();
        resolve(signal);
      };
      process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
    });
  }

  /** What must not be left behind even then. Runs synchronously. */
  beforeForcedExit(act: () => void): void {
    this.#beforeForcedExit = act;
  }

  #forceWhenRepeated(): void {
    if (this.#firstAt === null || performance.now() - this.#firstAt < secondSignalCountsAfterMs) return;
    this.#beforeForcedExit();
    process.exit(1);
  }
}
