/** Told what has just been done, or is about to be. */
export type OnProgress = (text: string) => void;

/** Writes each step on stderr with the seconds since the start: on a terminal over the last one, elsewhere below it. */
export function progressLines(): { onProgress: OnProgress; end: () => void } {
  const startedAt = performance.now();
  const isTerminal = process.stderr.isTTY;
  return {
    onProgress: (text) => {
      const line = `[${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s] ${text}`;
      process.stderr.write(isTerminal ? `\r\x1b[K${line.slice(0, process.stderr.columns - 1)}` : `${line}\n`);
    },
    end: () => void (isTerminal && process.stderr.write('\r\x1b[K')),
  };
}
