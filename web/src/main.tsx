import './mantine-styles.ts';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { startTranslation } from './i18n.ts';
import { publicPath, styleNonce } from './page-facts.ts';
import { AnnouncerProvider } from './parts/page/announcer.tsx';
import { reloadForNewFiles } from './parts/page/not-loaded.ts';
import { PageHistory } from './parts/page/page-history.ts';
import { ToastProvider } from './parts/page/toast.tsx';
import { PageRouter } from './shell/page-router.tsx';
import { SessionGate } from './shell/session-gate.tsx';
import { cssVariables, theme } from './theme.ts';

// The name by which the scroll lock of modal windows looks for the nonce of its style element.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element');
// Not awaited here: the texts import what this file imports, and each would wait for the other.
void start(root);

async function start(element: HTMLElement): Promise<void> {
  try {
    await startTranslation();
  } catch (error) {
    // Nothing can be worded yet: neither language has come.
    element.textContent =
      'This page could not be loaded completely. Please reload it. – Diese Seite konnte nicht vollständig geladen werden. Bitte laden Sie sie neu.';
    reloadForNewFiles();
    throw error;
  }
  createRoot(element).render(<Whole history={new PageHistory()} />);
}

function Whole({ history }: { history: PageHistory }) {
  return (
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
              <PageRouter history={history} basename={`${publicPath}/settings`}>
                <SessionGate>
                  <App />
                </SessionGate>
              </PageRouter>
            </AnnouncerProvider>
          </ToastProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
