import cliProgress from 'cli-progress';

/** How far something is that has several phases. */
interface PhaseProgress {
  phase: string;
  done: number;
  total: number;
}

/** Shows how far something is; call `stop` when it has ended. */
export interface ProgressDisplay {
  onProgress: (progress: PhaseProgress) => void;
  stop: () => void;
}

/** A bar per phase on a terminal; elsewhere a plain line at each quarter of a phase. */
export function progressDisplay(write: (line: string) => void, isTerminal: boolean): ProgressDisplay {
  return isTerminal ? bars() : plainLines(write);
}

function bars(): ProgressDisplay {
  let phase: string | null = null;
  let bar: cliProgress.SingleBar | null = null;
  return {
    onProgress: (progress) => {
      if (progress.phase !== phase) {
        bar?.stop();
        phase = progress.phase;
        bar = new cliProgress.SingleBar(
          { format: '    {phase} {bar} {value}/{total}  {duration_formatted}' },
          preset,
        );
        bar.start(progress.total, 0, { phase: phase.padEnd(14) });
      }
      bar?.update(progress.done);
    },
    stop: () => bar?.stop(),
  };
}

/** Wrapping stays as it is: then there is nothing to restore when the program is interrupted. */
const preset = { ...cliProgress.Presets.shades_classic, barsize: 30, linewrap: true };

function plainLines(write: (line: string) => void): ProgressDisplay {
  let shown = '';
  return {
    onProgress: ({ phase, done, total }) => {
      const quarter = Math.floor((done * 4) / total);
      if (`${phase} ${quarter}` === shown || (quarter === 0 && done > 1)) return;
      shown = `${phase} ${quarter}`;
      if (quarter > 0) write(`${phase}: ${done} of ${total}`);
    },
    stop: () => {},
  };
}
