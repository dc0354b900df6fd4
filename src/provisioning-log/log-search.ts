import { foldName } from '../scim-core/fold.ts';
import { own } from '../scim-core/resource.ts';
import { searchTextOf } from '../scim-core/resource-search.ts';
import { cutText } from './cut-text.ts';
import type { LogEntry } from './log-entry.ts';
import { KeptText, keptText } from './redact.ts';
import { withoutSecrets } from './secrets-in-text.ts';

/** Longest name that is kept of a refused request's person or group, in characters. */
const subjectLengthMaxChars = 200;

/** The value that a lookup asks for: `userName eq "dora@example.com"`. */
const askedFor = /\beq\s+"([^"]{1,500})"/i;

/**
 * What a request is searched by: the names, addresses and ids in its body, or the value that it looks for; null: nothing.
 */
export function searchTextOfEntry({ method, path, body }: LogEntry): string | null {
  const text = method === 'GET' ? askedIn(path) : withoutEmbedded(body, searchTextOf);
  return text === '' ? null : withoutSecrets(text);
}

/** What a refused request calls its person or group, without secrets; null: it does not say. */
export function subjectOf({ status, body }: LogEntry): string | null {
  if (status < 400) return null;
  const found = withoutEmbedded(body, nameIn);
  return found === '' ? null : cutText(withoutSecrets(found), subjectLengthMaxChars);
}

/** What a resource is called: as SCIM's attributes say, at last by the user name; empty: it does not say. */
function nameIn(resource: unknown): string {
  const name = own(resource, 'name');
  const parts = ['givenName', 'familyName'].map((part) => own(name, part)).filter((part) => isText(part));
  const names = [
    own(resource, 'displayName'),
    own(name, 'formatted'),
    parts.join(' '),
    own(resource, 'userName'),
  ];
  return names.find((each) => isText(each))?.replaceAll('\0', '') ?? '';
}

function askedIn(path: string): string {
  const filter = new URLSearchParams(path.split('?', 2)[1]).get('filter') ?? '';
  const [, value = ''] = askedFor.exec(filter) ?? [];
  return foldName(value);
}

/** A text of a body. JSON inside of it may hold a secret: then it is a text of what the log keeps of the body. */
function withoutEmbedded(body: unknown, textOf: (body: unknown) => string): string {
  const text = textOf(plainBody(body));
  return text.includes('{') ? textOf(plainBody(keptText(body))) : text;
}

function plainBody(body: unknown): unknown {
  return body instanceof KeptText ? JSON.parse(body.text) : body;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
