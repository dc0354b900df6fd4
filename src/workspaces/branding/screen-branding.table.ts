import { boolean, bytes, integer, moment, text } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';
import type { HideablePart } from './hideable-parts.ts';
import type { LogoType } from './logo.ts';

/** How the settings screen looks like a part of the product. One row, which the migration makes; null: as without it. */
export const screenBranding = table(
  'screen_branding',
  {
    isOnly: boolean().key().default(true),
    productName: text().orNull(),
    logo: bytes().orNull(),
    logoType: text<LogoType>().orNull(),
    accentColor: text().orNull(),
    fontFamily: text().orNull(),
    radiusPx: integer().orNull(),
    supportUrl: text().orNull(),
    hidden: text<HideablePart>().array().default('{}'),
    /** null: nobody has said anything yet. */
    updatedAt: moment().orNull(),
  },
  { checks: { screen_branding_is_only_check: 'is_only' } },
);
