import type { Translate } from '../../i18n.ts';

/** What is needed to tell an API token from the others. */
interface NamedToken {
  name: string;
  lastFour: string;
  revokedAt: string | null;
}

/** How an API token is called among others: by its name and the end of its secret, and whether it was revoked. */
export function tokenLabel({ name, lastFour, revokedAt }: NamedToken, t: Translate): string {
  return t(revokedAt === null ? 'log.token.name' : 'log.token.revoked', { name, lastFour });
}
