import './mantine-styles.ts';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { startTranslation } from './i18n.ts';
import { publicPath, styleNonce } from './page-facts.ts';
import { UnsavedProvider } from './parts/forms/unsaved.tsx';
import { AnnouncerProvider } from './parts/page/announcer.tsx';
import { Broken } from './parts/page/boundary.tsx';
import { reloadForNewFiles } from './parts/page/not-loaded.ts';
import { ToastProvider } from './parts/page/toast.tsx';
import { SessionGate } from './shell/session-gate.tsx';
import { cssVariables, theme } from './theme.ts';

// The name by which the scroll lock of modal windows looks for the nonce of its style element.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element');
await startTranslation().catch((error: unknown) => {
  // Nothing can be worded yet: neither language has come.
  root.textContent =
    'This page could not be loaded completely. Please reload it. – Diese Seite konnte nicht vollständig geladen werden. Bitte laden Sie sie neu.';
  reloadForNewFiles();
  throw error;
});

/** The page asks before unsaved work is left, which only this kind of router can. */
const router = createBrowserRouter(
  [
    {
      path: '*',
      ErrorBoundary: Broken,
      element: (
        <UnsavedProvider>
          <SessionGate>
            <App />
          </SessionGate>
        </UnsavedProvider>
      ),
    },
  ],
  { basename: `${publicPath}/settings` },
);

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <ToastProvider>
          <AnnouncerProvider>
            <RouterProvider router={router} useTransitions={false} />
          </AnnouncerProvider>
        </ToastProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
