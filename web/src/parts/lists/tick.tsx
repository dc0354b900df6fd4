import type { MouseEvent } from 'react';

interface TickProps {
  label: string;
  checked: boolean;
  /** Some of those that it stands for are ticked. */
  partly?: boolean;
  /** `extend`: the shift key was held, with the mouse or the space bar. */
  onTick: (extend: boolean) => void;
}

/** A box to tick in a row: a plain element, since dozens of them come and go at each turn of the wheel. */
export function Tick({ label, checked, partly = false, onTick }: TickProps) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(box) => {
          if (box) box.indeterminate = partly;
        }}
        onChange={(event) => onTick((event.nativeEvent as unknown as MouseEvent).shiftKey)}
      />
    </label>
  );
}
