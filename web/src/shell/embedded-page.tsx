import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { api } from '../api/client.ts';
import { placeDialogs, tellHeight } from '../embed/height.ts';
import type { HostPage } from '../embed/host.ts';
import type { Wishes } from '../embed/messages.ts';
import { queryClient } from '../api/query-client.ts';
import { languageOf } from '../early.ts';
import { changeLanguage, currentLanguage } from '../i18n.ts';
import { publicPath } from '../page-facts.ts';

const schemes = ['auto', 'light', 'dark'] as const;

/** Tells the product around this page what happens here, and does what it wishes. */
export function EmbeddedPage({ host }: { host: HostPage }) {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    host.onWish((wish) => {
      if ('seen' in wish) return placeDialogs(wish.seen);
      if ('path' in wish) return void navigate(`/${wish.path.replace(/^\/+/, '')}`);
      const scheme = schemes.find((each) => each === wish.wishes.colorScheme);
      if (scheme !== undefined) setColorScheme(scheme);
      void wishLanguage(wish.wishes);
    });
  }, [host, navigate, setColorScheme]);
  useEffect(() => {
    host.tell({ type: 'navigated', path: pathname.slice(1) + search });
  }, [host, pathname, search]);
  useEffect(() => {
    document.documentElement.dataset.embedded = '';
    host.tell({ type: 'ready' });
    const ends = [tellHeight(host), tellChanges(host)];
    return () => ends.forEach((end) => end());
  }, [host]);
  return null;
}

async function wishLanguage({ locale }: Wishes): Promise<void> {
  const language = locale === undefined ? undefined : languageOf(locale);
  if (language === undefined || language === currentLanguage()) return;
  await changeLanguage(language);
  await queryClient.invalidateQueries();
}

/** Sign-ins and previews change nothing. */
const changesNothing = /^session|\/preview|^sync-preview\/chosen/;

/** @returns ends it */
function tellChanges(host: HostPage): () => void {
  const teller = {
    onResponse({ request, response }: { request: Request; response: Response }) {
      const path = new URL(request.url).pathname.slice(`${publicPath}/api/`.length);
      const [area = ''] = path.split('/');
      if (request.method !== 'GET' && response.ok && !changesNothing.test(path))
        host.tell({ type: 'changed', area });
    },
  };
  api.use(teller);
  return () => api.eject(teller);
}
