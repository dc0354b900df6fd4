import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react';
import { type To, useHref, useNavigate } from 'react-router';

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: To;
  ref?: Ref<HTMLAnchorElement>;
}

/**
 * A link to another screen. React Router's own, and whatever else of it is for the browser alone, comes with the forms and
 * prefetches of its data router, which would make the first load several kB larger.
 */
export function Link({ to, target, onClick, ...rest }: LinkProps) {
  const navigate = useNavigate();
  return (
    <a
      {...rest}
      target={target}
      href={useHref(to)}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlain(event) || (target ?? '_self') !== '_self') return;
        event.preventDefault();
        void navigate(to);
      }}
    />
  );
}

/** Whether the click is not one that opens a tab or a window. */
function isPlain({ button, metaKey, altKey, ctrlKey, shiftKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !altKey && !ctrlKey && !shiftKey;
}
