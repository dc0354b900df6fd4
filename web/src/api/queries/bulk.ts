import { answer, api } from '../client.ts';
import type { paths } from '../schema.d.ts';

type Body<Path extends '/api/sync-preview/bulk' | '/api/members/bulk'> =
  paths[Path]['post']['requestBody']['content']['application/json'];

/** Decides about many people of the preview. */
export function decideAboutMany(body: Body<'/api/sync-preview/bulk'>) {
  return answer(() => api.POST('/api/sync-preview/bulk', { body }));
}

/** Changes many members. */
export function changeMembers(body: Body<'/api/members/bulk'>) {
  return answer(() => api.POST('/api/members/bulk', { body }));
}
