import { api } from './api.js';

const names = new Map();

/** Reads how the workspace named its properties. Without an answer their keys are shown. */
export async function loadPropertyNames() {
  const { items } = await api('GET', '/api/properties?limit=200').catch(() => ({ items: [] }));
  for (const { key, name } of items) names.set(key, name);
}

/** The name of a property. */
export function propertyName(key) {
  return names.get(key) ?? key;
}
