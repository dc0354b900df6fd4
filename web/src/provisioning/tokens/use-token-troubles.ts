import { useQuery } from '@tanstack/react-query';
import { clientsQuery } from '../../api/queries/clients.ts';
import { tokensQuery } from '../../api/queries/overview.ts';
import type { Overview } from '../../api/shapes.ts';
import { useNow } from '../../parts/text/time-text.tsx';
import { type TokenTrouble, tokenTroubles } from './token-words.ts';

/** What there is to do about the API tokens; nothing as long as it is not known whether OAuth clients are used instead. */
export function useTokenTroubles({ lastContact }: Pick<Overview, 'lastContact'>): TokenTrouble[] {
  const now = useNow();
  const tokens = useQuery(tokensQuery).data?.items ?? [];
  const hasCome = lastContact !== null;
  const isUsed = tokens.some(({ state, lastUsedAt }) => state === 'active' && lastUsedAt !== null);
  const isAny = tokens.length > 0 && (!isUsed || tokenTroubles(tokens, [], now, hasCome).length > 0);
  const clients = useQuery({ ...clientsQuery, enabled: isAny });
  if (!isAny || clients.isPending) return [];
  return tokenTroubles(tokens, clients.data?.items ?? [], now, hasCome);
}

/** Whether the identity provider has nothing any more that it could come with. */
export function useIsCutOff(overview: Pick<Overview, 'lastContact'>): boolean {
  return useTokenTroubles(overview).some(({ tone }) => tone === 'bad');
}
