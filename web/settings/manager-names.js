import { api } from './api.js';

/** By id; a manager who is not a member yet is referred to by the id in the directory. */
const names = new Map();

/** Reads the names of the managers that these changes speak of. Who is gone keeps his id. */
export async function loadManagerNames(changes) {
  for (const { directoryUserId, name } of changes) names.set(directoryUserId, name);
  const fields = changes.flatMap((change) => change.fields).filter(({ field }) => field === 'managerId');
  const ids = new Set(
    fields.flatMap(({ before, after }) => [before, after]).filter((id) => id && !names.has(id)),
  );
  await Promise.all([...ids].map(async (id) => names.set(id, await nameOf(id))));
}

/** The name of a manager. */
export function managerName(id) {
  return names.get(id) ?? id;
}

async function nameOf(id) {
  try {
    const member = await api('GET', `/api/members/${id}`);
    return member.displayName ?? member.email ?? id;
  } catch {
    return api('GET', `/api/sync-preview/${id}`).then(
      ({ name }) => name,
      () => id,
    );
  }
}
