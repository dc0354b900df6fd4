import type { PreviewOrder } from './preview-index.ts';
import type { SyncPreviewQuery } from './sync-preview.dto.ts';

/** The order that a query asks for. */
export function orderIn({ sort = 'arrival', order = 'asc' }: Pick<SyncPreviewQuery, 'sort' | 'order'>): PreviewOrder {
  return { sort, isDescending: order === 'desc' };
}
