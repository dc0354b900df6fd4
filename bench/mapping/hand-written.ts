import type { ScimResource } from '../../src/scim-core/resource.ts';

/** A value of an e-mail address, a phone number or the like. */
interface Element {
  type?: unknown;
  primary?: unknown;
  value?: unknown;
}

/** What the hand-written function makes of a person: as {@link mapAttributes} does, without problems. */
export interface HandMapped {
  fields: Record<string, string | null>;
  properties: Record<string, string | number | boolean | null>;
  manager: string | null;
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const sites = new Map([
  ['berlin', 'ber'],
  ['münchen', 'muc'],
]);
const countries = new Map([
  ['de', 'Germany'],
  ['at', 'Austria'],
]);

/** The twenty rules of the measurement as somebody would write them for this one purpose. */
export function mapByHand(resource: ScimResource): HandMapped {
  const name = (resource.name ?? {}) as Record<string, unknown>;
  const work = (resource[enterprise] ?? {}) as Record<string, unknown>;
  const emails = (resource.emails ?? []) as Element[];
  const phones = (resource.phoneNumbers ?? []) as Element[];
  const address = ((resource.addresses ?? []) as Record<string, unknown>[]).find(
    ({ type }) => type === 'work',
  );
  const givenName = text(name.givenName);
  const familyName = text(name.familyName);
  const costs = /^([A-Z]+)-/u.exec(text(work.costCenter) ?? '');
  const employee = Number(text(work.employeeNumber) ?? '');
  const language = text(resource.preferredLanguage) ?? text(resource.locale);
  return {
    fields: {
      email: emailOf(emails) ?? text(resource.userName),
      firstName: givenName,
      lastName: familyName?.toUpperCase() ?? null,
      displayName: text(resource.displayName) ?? [givenName, familyName].filter(Boolean).join(' '),
      jobTitle: text(resource.title),
      language: language === null ? null : (Intl.getCanonicalLocales(language)[0] ?? null),
    },
    properties: {
      department: text(work.department),
      division: text(work.division)?.toLowerCase() ?? null,
      cost: costs?.[1] ?? null,
      employee: Number.isNaN(employee) ? null : employee,
      site: sites.get((text(address?.locality) ?? '').toLowerCase()) ?? null,
      country: countries.get((text(address?.country) ?? '').toLowerCase()) ?? null,
      phone: text(phones.find(({ type }) => type === 'work')?.value),
      mobile: text(phones.find(({ type }) => type === 'mobile')?.value)?.replaceAll(' ', '') ?? null,
      badge: `EMP-${text(resource.nickName) ?? ''}`,
      external: text(resource.userType) === 'Contractor',
    },
    manager: text((work.manager as Element | undefined)?.value),
  };
}

function emailOf(emails: readonly Element[]): string | null {
  const chosen =
    emails.find(({ primary }) => primary === true) ?? emails.find(({ type }) => type === 'work') ?? emails[0];
  const address = text(chosen?.value);
  return address !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(address) ? address : null;
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}
