import { boolean, moment, text } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** Which products may show the settings screen in a page of theirs. One row, which the migration makes. */
export const screenEmbedding = table(
  'screen_embedding',
  {
    isOnly: boolean().key().default(true),
    origins: text().array().default('{}'),
    returnOrigins: text().array().default('{}'),
    /** null: nobody has said anything yet. */
    updatedAt: moment().orNull(),
  },
  { checks: { screen_embedding_is_only_check: 'is_only' } },
);
