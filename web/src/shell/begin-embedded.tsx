import type { ReactNode } from 'react';
import { HostSession } from '../api/host-session.ts';
import { HostPage } from '../embed/host.ts';
import type { Wishes } from '../embed/messages.ts';
import { embeddingOrigins } from '../page-facts.ts';
import { EmbeddedPage } from './embedded-page.tsx';

/** Has the product around this page sign its admin in. @returns how it wants the screen, and what keeps in touch with it */
export async function beginEmbedded(): Promise<{ wishes: Wishes; embedded: ReactNode }> {
  const host = new HostPage(embeddingOrigins);
  const wishes = await new HostSession(host).start();
  return { wishes, embedded: <EmbeddedPage host={host} /> };
}
