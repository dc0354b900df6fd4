import { uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import { rotatedSecretColumns } from '../http/request/rotated-secret.ts';
import { productKey } from './product-key.table.ts';

/** A secret of a product key: one, and while a rotation overlaps the one before. Only its hash is stored. */
export const productKeySecret = table(
  'product_key_secret',
  {
    ...rotatedSecretColumns,
    keyId: uuid(),
  },
  {
    indexes: {
      product_key_secret_key: { on: ['keyId'] },
      product_key_secret_newest: { on: ['keyId'], unique: true, where: '(replaced_at IS NULL)' },
    },
    references: {
      product_key_secret_key_fkey: { from: ['keyId'], to: productKey, columns: ['id'], onDelete: 'CASCADE' },
    },
  },
);
