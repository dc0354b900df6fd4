/** The identity providers that fixes are worded for; `other`: any one that speaks SCIM. */
export const providers = ['entra', 'okta', 'onelogin', 'jumpcloud', 'google', 'ping', 'other'] as const;
export type Provider = (typeof providers)[number];

/** Who sent a request: an identity provider under its own name, a tool, or nobody knows. */
export interface Sender {
  provider: Provider | null;
  /** As it is called; null: it does not say and its behaviour does not tell. */
  name: string | null;
}

const unknown: Sender = { provider: null, name: null };

/** How identity providers call themselves in `User-Agent`: none of them promises it, all of them have done it for years. */
const agents: readonly (readonly [RegExp, Provider, string])[] = [
  [/okta/i, 'okta', 'Okta'],
  [/\bentra\b|azure|microsoft/i, 'entra', 'Microsoft Entra ID'],
  [/onelogin/i, 'onelogin', 'OneLogin'],
  [/jumpcloud/i, 'jumpcloud', 'JumpCloud'],
  [/google/i, 'google', 'Google Workspace'],
  [/\bping/i, 'ping', 'Ping Identity'],
  [/sailpoint/i, 'other', 'SailPoint'],
  [/authentik/i, 'other', 'authentik'],
  [/keycloak/i, 'other', 'Keycloak'],
  [/rippling/i, 'other', 'Rippling'],
  [/cyberark|idaptive/i, 'other', 'CyberArk'],
  [/saviynt/i, 'other', 'Saviynt'],
];

/** What is needed of a request to tell who sent it. */
export interface Traced {
  userAgent: string | null;
  path: string;
}

/**
 * Who sends requests with this user agent. Microsoft Entra ID sends none: it is told by its query strings, which have `+`
 * for a blank, and by asking for groups without their members.
 *
 * @param requests all with the same user agent
 */
export function senderOf(requests: readonly Traced[]): Sender {
  const userAgent = requests[0]?.userAgent ?? '';
  if (userAgent.trim() !== '') {
    const [, provider, name] = agents.find(([form]) => form.test(userAgent)) ?? [];
    return provider === undefined || name === undefined ? unknown : { provider, name };
  }
  const isEntra = requests.some(({ path }) => /\+eq\+|excludedAttributes=members/i.test(path));
  return isEntra ? { provider: 'entra', name: 'Microsoft Entra ID' } : unknown;
}

/** Requests by the sender that each came from. */
export function bySender<Of extends Traced>(requests: readonly Of[]): { sender: Sender; requests: Of[] }[] {
  return [...Map.groupBy(requests, ({ userAgent }) => userAgent ?? '').values()].map((sent) => ({
    sender: senderOf(sent),
    requests: sent,
  }));
}

/** Who most of the requests came from; null when nobody can tell. */
export function recognizedProvider(requests: readonly Traced[]): Provider | null {
  const counts = new Map<Provider, number>();
  for (const { sender, requests: sent } of bySender(requests)) {
    if (sender.provider !== null)
      counts.set(sender.provider, (counts.get(sender.provider) ?? 0) + sent.length);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0] ?? null;
}
