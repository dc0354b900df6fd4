import { Text } from '@mantine/core';
import { ErrorNote } from '../../parts/page/states.tsx';
import type { Act } from '../../parts/acts/needed-role.ts';
import { ActButton } from '../../parts/acts/act-button.tsx';

interface MakeButtonProps {
  act: Act;
  label: string;
  /** Why no more can be made; null: more can. */
  full: string | null;
  make: { isPending: boolean; error: Error | null; mutate: () => void };
}

/** Makes one more of what a workspace has a limited number of. */
export function MakeButton({ act, label, full, make }: MakeButtonProps) {
  return (
    <>
      {full !== null && <Text size="sm">{full}</Text>}
      <ActButton
        act={act}
        size="xs"
        variant="default"
        disabled={full !== null}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {label}
      </ActButton>
      <ErrorNote error={make.error} />
    </>
  );
}
