import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n.ts';
import { invalidWords } from './invalid-words.ts';
import { inWords } from '../text/sentence.ts';

interface FormProps {
  /** What became of the last attempt: the focus goes to the first field that it complains about. */
  error?: unknown;
  onSubmit: () => void;
  children: ReactNode;
}

/** A form that the page submits itself, without loading anything. What it refuses, it says in the language of the page. */
export function Form({ error, onSubmit, children }: FormProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const element = form.current;
    if (element === null) return undefined;
    // The browser shows the words that stand there once this has been handled; its own are in its own language.
    const onInvalid = ({ target }: Event) => {
      const control = target as HTMLInputElement;
      control.setCustomValidity('');
      control.setCustomValidity(inWords(invalidWords(control), t));
    };
    element.addEventListener('invalid', onInvalid, { capture: true });
    return () => element.removeEventListener('invalid', onInvalid, { capture: true });
  }, [t]);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return (
    <form
      ref={form}
      onInput={({ target }: FormEvent) => (target as Partial<HTMLInputElement>).setCustomValidity?.('')}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
