import { type Language, type Sentence, sentenceText } from '../../errors/sentence.ts';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import { fieldTitle, propertyKeyIn } from '../../member-directory/fields/member-field.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import type { Change, ChangeKind } from '../decision/change.ts';
import { toListedView } from './listed-change.ts';
import type { ListedChange } from './withheld-people.ts';

/** The columns of the file in their order, as they are called at its head. */
const columns: readonly Sentence[] = [
  { en: 'Kind', de: 'Art' },
  { en: 'Name', de: 'Name' },
  { en: 'E-mail', de: 'E-Mail' },
  { en: 'Department', de: 'Abteilung' },
  { en: 'Job title', de: 'Position' },
  { en: 'What changes', de: 'Was sich ändert' },
  { en: 'Reason', de: 'Grund' },
  { en: 'Directory user', de: 'Verzeichnisbenutzer' },
  { en: 'Member', de: 'Mitglied' },
];

const kinds: Readonly<Record<ChangeKind | 'nothing', Sentence>> = {
  create: { en: 'New', de: 'Neu' },
  link: { en: 'Link', de: 'Verknüpfen' },
  update: { en: 'Update', de: 'Aktualisieren' },
  reactivate: { en: 'Reactivate', de: 'Reaktivieren' },
  deactivate: { en: 'Deactivate', de: 'Deaktivieren' },
  remove: { en: 'Remove', de: 'Entfernen' },
  conflict: { en: 'Conflict', de: 'Konflikt' },
  held: { en: 'Held', de: 'Zurückgestellt' },
  suppressed: { en: 'Suppressed', de: 'Ausgesetzt' },
  excluded: { en: 'Excluded', de: 'Ausgeschlossen' },
  nothing: { en: 'Nothing to do', de: 'Nichts zu tun' },
};

/** What changes besides the fields of a member. */
const besides: Readonly<Record<string, Sentence>> = {
  status: { en: 'Status', de: 'Status' },
  groups: { en: 'Groups', de: 'Gruppen' },
};

/** The first line of the file. */
export function csvHead(language: Language): string[] {
  return columns.map((column) => sentenceText(column, language, {}));
}

/** The line of a change. */
export function csvLine(change: ListedChange, properties: readonly Property[], language: Language): string[] {
  const { kind, name, email, department, title, fields, reason, directoryUserId, memberId } = toListedView(
    change,
    language,
  );
  return [
    sentenceText(kinds[kind], language, {}),
    name,
    email ?? '',
    department ?? '',
    title ?? '',
    fields.map((field) => fieldText(field, kind, properties, language)).join('; '),
    reason.text,
    directoryUserId,
    memberId ?? '',
  ];
}

/** A field before and after; of somebody new, as it will be. */
function fieldText(
  { field, before, after }: FieldChange,
  kind: Change['kind'],
  properties: readonly Property[],
  language: Language,
): string {
  const key = propertyKeyIn(field);
  const property = properties.find((each) => each.key === key);
  const beside = besides[field];
  const title = property?.name ?? (beside ? sentenceText(beside, language, {}) : fieldTitle(field, language));
  const textOf = (value: unknown) => valueText(value, property);
  const named = `${title.slice(0, 1).toUpperCase()}${title.slice(1)}: `;
  return named + (kind === 'create' ? textOf(after) : `${textOf(before)} → ${textOf(after)}`);
}

function valueText(value: unknown, property: Property | undefined): string {
  if (Array.isArray(value)) return value.map((each) => valueText(each, property)).join(', ');
  if (value === null || value === undefined || value === '') return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return property?.options?.find(({ key }) => key === text)?.name ?? text;
}
