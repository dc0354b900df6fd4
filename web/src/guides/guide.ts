/**
 * A text of a guide. `[[Name]]` is what a portal calls something; `[[Name|English name]]` is the same in the reader's
 * language, with the English name beside it, since an admin may have either. `{{product}}` stands for the product.
 */
export interface Words {
  en: string;
  de: string;
}

/** Both texts. The consoles of some vendors are in English only: then the names stay as they are. */
export function say(en: string, de: string): Words {
  return { en, de };
}

/** What a drawing shows: a form for address and token, the table in which attributes are matched, or what to switch on. */
export type DrawingName = 'credentials' | 'matching' | 'features';

/** What can be seen of something having been done. */
export type Signal = 'contact' | 'user' | 'externalId' | 'group';

/** One action. */
export interface Step {
  text: Words;
  /** A page of the identity provider that it happens on. */
  link?: string;
  /** A value to be pasted, under the name of its field; `tenantUrl` stands for the address of this service. */
  copy?: { label: Words; value: string };
  /** A token is made here, to be pasted into the field of this name; `bearer`: with the word in front. */
  token?: { label: Words; form: 'plain' | 'bearer' };
  /** An OAuth client is made here: its token endpoint, client id and secret are to be pasted. */
  client?: true;
}

/** Actions that belong together. */
export interface Phase {
  title: Words;
  signal?: Signal;
  /** People may come without it: nothing shows whether it was done. */
  leavesNoTrace?: true;
  steps: readonly Step[];
  /** A sketch, where words are not enough. */
  drawing?: DrawingName;
  /** What to look at when the test of the connection fails. */
  failed?: readonly Words[];
}

/** The names of fields and buttons in the drawing of the form, as the identity provider writes them. */
export interface Form {
  title: Words;
  url: Words;
  token: Words;
  test: Words;
  tokenPrefix?: string;
}

/** One way to connect an identity provider. */
export interface Guide {
  /** Of several ways: what this one is called. */
  name?: Words;
  /** What should be known before. */
  note?: Words;
  form?: Form;
  phases: readonly Phase[];
}

export const providers = ['entra', 'okta', 'onelogin', 'jumpcloud', 'google', 'ping', 'other'] as const;
export type Provider = (typeof providers)[number];

/** The identity providers' own names. */
export const providerNames: Record<Exclude<Provider, 'other'>, string> = {
  entra: 'Microsoft Entra ID',
  okta: 'Okta',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  google: 'Google Workspace',
  ping: 'Ping Identity',
};
