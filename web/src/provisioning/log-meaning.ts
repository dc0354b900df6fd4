import type { LogEntry } from '../api/shapes.ts';

/** The name of the sentence that says what a request was for. */
export function meaningOf({ method, path, resourceType }: LogEntry) {
  const group = resourceType === 'Group' || /^\/Groups/i.test(path);
  if (/^\/(ServiceProviderConfig|Schemas|ResourceTypes)/i.test(path)) return 'log.meaning.discovery';
  if (/^\/Bulk/i.test(path)) return 'log.meaning.bulk';
  if (method === 'POST' && /\/\.search/.test(path)) return 'log.meaning.search';
  if (method === 'POST') return group ? 'log.meaning.createGroup' : 'log.meaning.createUser';
  if (method === 'PUT' || method === 'PATCH') {
    return group ? 'log.meaning.changeGroup' : 'log.meaning.changeUser';
  }
  if (method === 'DELETE') return group ? 'log.meaning.deleteGroup' : 'log.meaning.deleteUser';
  if (/^\/(Users|Groups)\/[^?]/i.test(path)) return group ? 'log.meaning.readGroup' : 'log.meaning.readUser';
  return group ? 'log.meaning.findGroup' : 'log.meaning.findUser';
}
