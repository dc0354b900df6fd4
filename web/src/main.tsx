import './mantine-styles.ts';
import './page.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import type { Wishes } from './embed/messages.ts';
import { startTranslation } from './i18n.ts';
import { isEmbedded, publicPath, styleNonce } from './page-facts.ts';
import { AnnouncerProvider } from './parts/page/announcer.tsx';
import { Boundary } from './parts/page/boundary.tsx';
import { reloadForNewFiles } from './parts/page/not-loaded.ts';
import { PageHistory } from './parts/page/page-history.ts';
import { ToastProvider } from './parts/page/toast.tsx';
import { PageRouter } from './shell/page-router.tsx';
import { SessionGate } from './shell/session-gate.tsx';
import { cssVariables, forgetfulColorScheme, theme, wishColorScheme } from './theme.ts';

// The name by which the scroll lock of modal windows looks for the nonce of its style element.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element');
// Not awaited here: the texts import what this file imports, and each would wait for the other.
void start(root);

async function start(element: HTMLElement): Promise<void> {
  const { wishes, embedded } = await begin();
  wishColorScheme(wishes.colorScheme);
  try {
    await startTranslation(wishes.locale);
  } catch (error) {
    // Nothing can be worded yet: neither language has come.
    element.textContent =
      'This page could not be loaded completely. Please reload it. – Diese Seite konnte nicht vollständig geladen werden. Bitte laden Sie sie neu.';
    reloadForNewFiles();
    throw error;
  }
  createRoot(element).render(<Whole history={new PageHistory()} embedded={embedded} />);
}

/** Who led here says how the screen is to be: the link, or the product around this page, which signs in, too. */
async function begin(): Promise<{ wishes: Wishes; embedded: ReactNode }> {
  if (isEmbedded) return (await import('./shell/begin-embedded.tsx')).beginEmbedded();
  const { hash } = window.location;
  if (!hash.startsWith('#code=')) return { wishes: {}, embedded: null };
  const asked = new URLSearchParams(hash.slice(1));
  const [locale, colorScheme] = [asked.get('locale') ?? undefined, asked.get('colorScheme') ?? undefined];
  return { wishes: { locale, colorScheme }, embedded: null };
}

function Whole({ history, embedded }: { history: PageHistory; embedded: ReactNode }) {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={isEmbedded ? forgetfulColorScheme : localStorageColorSchemeManager()}
        getStyleNonce={() => styleNonce}
      >
        <QueryClientProvider client={queryClient}>
          <ToastProvider>
            <AnnouncerProvider>
              <PageRouter history={history} basename={`${publicPath}/settings`}>
                {embedded}
                <Boundary>
                  <SessionGate>
                    <App />
                  </SessionGate>
                </Boundary>
              </PageRouter>
            </AnnouncerProvider>
          </ToastProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
