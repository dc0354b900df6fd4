import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';

const shownForMs = 5_000;
const Toast = createContext<(text: string) => void>(() => undefined);

/** Shows and announces what has just been done, without taking the focus. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [text, setText] = useState('');
  const timer = useRef(0);
  const show = useCallback((next: string) => {
    window.clearTimeout(timer.current);
    setText(next);
    timer.current = window.setTimeout(() => setText(''), shownForMs);
  }, []);
  return (
    <Toast value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {text !== '' && <div className="toast">{text}</div>}
      </div>
    </Toast>
  );
}

/** Tells the admin in one short sentence that something was done. */
export function useToast(): (text: string) => void {
  return useContext(Toast);
}
