import { type ReactNode, useSyncExternalStore } from 'react';
import { Router } from 'react-router';
import { UnsavedProvider } from '../parts/forms/unsaved.tsx';
import type { PageHistory } from '../parts/page/page-history.ts';

interface PageRouterProps {
  history: PageHistory;
  basename: string;
  children: ReactNode;
}

/** Knows which screen the address means, and asks before unsaved work is left. */
export function PageRouter({ history, basename, children }: PageRouterProps) {
  const { location, navigationType } = useSyncExternalStore(history.subscribe, history.current);
  return (
    <Router
      basename={basename}
      location={location}
      navigationType={navigationType}
      navigator={history}
      useTransitions={false}
    >
      <UnsavedProvider history={history}>{children}</UnsavedProvider>
    </Router>
  );
}
