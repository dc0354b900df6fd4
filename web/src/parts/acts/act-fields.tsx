import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Act } from './needed-role.ts';
import { useRefusal } from './role.tsx';

/** Fields that are saved together. Nothing can be typed into them where saving them is refused. */
export function ActFields({ act, children }: { act: Act; children: ReactNode }) {
  const refusal = useRefusal(act);
  return (
    <fieldset className="act-fields" disabled={refusal !== undefined} title={refusal}>
      <Stack>{children}</Stack>
    </fieldset>
  );
}
