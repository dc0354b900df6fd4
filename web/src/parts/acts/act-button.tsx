import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentProps } from 'react';
import type { Act } from './needed-role.ts';
import { useRefusal } from './role.tsx';

interface ActButtonProps extends ButtonProps, Omit<ComponentProps<'button'>, keyof ButtonProps> {
  /** The write that it sends, or that what it opens sends; null: none. */
  act: Act | null;
}

/**
 * A button for what changes something. Where that is refused to the admin, it does nothing and says why: it can still be reached
 * by keyboard, so that a screen reader says it, too.
 */
export function ActButton({ act, ...button }: ActButtonProps) {
  const refusal = useRefusal(act);
  if (refusal === undefined) return <Button {...button} />;
  return (
    <Button
      {...button}
      data-disabled
      aria-disabled
      title={refusal}
      onClick={(event) => event.preventDefault()}
    />
  );
}
