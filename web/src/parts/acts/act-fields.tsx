import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Act } from './needed-role.ts';
import { useRoleRefusal } from './role.tsx';

/** Fields that are saved together. Nothing can be typed into them by those whose role does not include saving them. */
export function ActFields({ act, children }: { act: Act; children: ReactNode }) {
  const refusal = useRoleRefusal(act);
  return (
    <fieldset className="act-fields" disabled={refusal !== undefined} title={refusal}>
      <Stack>{children}</Stack>
    </fieldset>
  );
}
