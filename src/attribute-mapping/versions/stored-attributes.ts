import { single } from '../../scim-core/attribute-builders.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { isObject, isUnassigned, type ScimResource } from '../../scim-core/resource.ts';
import type { Attribute, AttributeType } from '../../scim-core/schema.ts';

/** Most sub-attributes that are described of one attribute. */
const subAttributesMax = 100;

/** What is stored under one name, whatever its case, as far as it was looked at. */
export class StoredValues {
  private name: string | undefined;
  private isList = false;
  private readonly types = new Set<AttributeType>();
  private readonly parts = new Map<string, StoredValues>();

  /** Looks at the attribute of an object, and at its parts. The newest spelling of a name is the one that is shown. */
  look(holder: unknown, name: string): void {
    const folded = foldCase(name);
    for (const [key, value] of Object.entries(isObject(holder) ? holder : {})) {
      if (foldCase(key) === folded) this.add(key, value);
    }
  }

  /**
   * The attribute as it is stored; one that nobody has is a text.
   *
   * @param name as a rule wrote it
   * @param read the sub-attributes that rules read, by their folded names; none: the attribute is read as a whole
   */
  describe(name: string, read: ReadonlyMap<string, string>, description: string): Attribute {
    const names = read.size > 0 ? read : new Map([...this.parts.keys()].map((folded) => [folded, folded]));
    const known = { multiValued: this.isList, type: this.type(names.size > 0) };
    if (known.type !== 'complex') return single(this.name ?? name, description, known);
    const subAttributes = [...names].map(([folded, written]) =>
      (this.parts.get(folded) ?? new StoredValues()).describe(written, new Map(), description),
    );
    return single(this.name ?? name, description, { ...known, subAttributes });
  }

  private add(key: string, value: unknown): void {
    if (isUnassigned(value)) return;
    this.name ??= key;
    if (Array.isArray(value)) this.isList = true;
    for (const element of Array.isArray(value) ? (value as unknown[]) : [value]) this.addOne(element);
  }

  private addOne(value: unknown): void {
    this.types.add(typeOf(value));
    if (!isObject(value)) return;
    for (const key of Object.keys(value)) {
      const folded = foldCase(key);
      const part = this.parts.get(folded) ?? new StoredValues();
      if (this.parts.size >= subAttributesMax && !this.parts.has(folded)) continue;
      this.parts.set(folded, part);
      part.add(key, value[key]);
    }
  }

  private type(hasParts: boolean): AttributeType {
    if (this.types.has('complex') || (hasParts && this.types.size === 0)) return 'complex';
    if (this.types.size === 2 && this.types.has('integer') && this.types.has('decimal')) return 'decimal';
    const [only] = this.types;
    return this.types.size === 1 && only !== undefined ? only : 'string';
  }
}

function typeOf(value: unknown): AttributeType {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal';
  return isObject(value) ? 'complex' : 'string';
}

/** What people have of an attribute. */
export function storedValues(
  people: readonly ScimResource[],
  urn: string | null,
  name: string,
): StoredValues {
  const stored = new StoredValues();
  for (const person of people) {
    if (urn === null) stored.look(person, name);
    else {
      const folded = foldCase(urn);
      for (const [key, extension] of Object.entries(person)) {
        if (foldCase(key) === folded) stored.look(extension, name);
      }
    }
  }
  return stored;
}
