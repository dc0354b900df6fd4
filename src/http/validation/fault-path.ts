/** The path of a property or element below a place: `rules`, `rules[3]`, `rules[3].source`. */
export function joinPath(parent: string, property: string): string {
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}
