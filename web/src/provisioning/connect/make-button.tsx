import { Button, Text } from '@mantine/core';
import { ErrorNote } from '../../parts/page/states.tsx';

interface MakeButtonProps {
  label: string;
  /** Why no more can be made; null: more can. */
  full: string | null;
  make: { isPending: boolean; error: Error | null; mutate: () => void };
}

/** Makes one more of what a workspace has a limited number of. */
export function MakeButton({ label, full, make }: MakeButtonProps) {
  return (
    <>
      {full !== null && <Text size="sm">{full}</Text>}
      <Button
        size="xs"
        variant="default"
        disabled={full !== null}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {label}
      </Button>
      <ErrorNote error={make.error} />
    </>
  );
}
