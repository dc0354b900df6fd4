import type { moreEn } from './more-en.ts';
import { auditDe } from './audit-de.ts';
import { bulkDe } from './bulk-de.ts';
import { clientsDe } from './clients-de.ts';
import { importDe } from './import-de.ts';
import { linkDe } from './link-de.ts';
import { logDe } from './log-de.ts';
import { mappingDe } from './mapping-de.ts';
import { notificationsDe } from './notifications-de.ts';
import { rolesDe } from './roles-de.ts';
import { runsDe } from './runs-de.ts';

/** What screens need in German that are loaded when they are first opened. */
export const moreDe: Record<keyof typeof moreEn, string> = {
  ...mappingDe,
  ...auditDe,
  ...bulkDe,
  ...clientsDe,
  ...importDe,
  ...linkDe,
  ...logDe,
  ...notificationsDe,
  ...rolesDe,
  ...runsDe,
};
