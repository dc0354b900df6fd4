import type { PreviewOrder } from './preview-index.ts';
import type { SyncPreviewQuery } from './sync-preview.dto.ts';

/** The order that a query asks for. */
export function orderIn({ sort, order }: Pick<SyncPreviewQuery, 'sort' | 'order'>): PreviewOrder {
  return { sort: sort ?? 'arrival', isDescending: order === 'desc' };
}
