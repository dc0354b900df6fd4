import { auditEn } from './audit-en.ts';
import { bulkEn } from './bulk-en.ts';
import { clientsEn } from './clients-en.ts';
import { importEn } from './import-en.ts';
import { linkEn } from './link-en.ts';
import { logEn } from './log-en.ts';
import { mappingEn } from './mapping-en.ts';
import { notificationsEn } from './notifications-en.ts';
import { rolesEn } from './roles-en.ts';
import { runsEn } from './runs-en.ts';

/** What screens need in English that are loaded when they are first opened. */
export const moreEn = {
  ...mappingEn,
  ...auditEn,
  ...bulkEn,
  ...clientsEn,
  ...importEn,
  ...linkEn,
  ...logEn,
  ...notificationsEn,
  ...rolesEn,
  ...runsEn,
};
