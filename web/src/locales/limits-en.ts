/** Quotas, in English. */
export const limitsEn = {
  'quota.title': 'Limits of this workspace',
  'quota.intro': 'How much this workspace has, and how much it can have. {product} sets the limits.',
  'quota.users': 'Users from the identity provider',
  'quota.groups': 'Groups from the identity provider',
  'quota.members': 'Members',
  'quota.logMegabytesToday': 'Provisioning log today, in megabytes',
  'quota.of': '{used, number} of {max, number}',
  'quota.nearTitle': 'A limit of this workspace is almost reached',
  'quota.reachedTitle': 'A limit of this workspace is reached',
  'quota.near': 'Almost reached',
  'quota.reached': 'Reached',
  'quota.look': 'See the limits',
  'quota.effect.users': 'Beyond it, new people from your identity provider are refused. Everybody who is here stays.',
  'quota.effect.groups': 'Beyond it, new groups from your identity provider are refused. Those that are here stay.',
  'quota.effect.members': 'Beyond it, members cannot be added by hand or by a file. Synchronization goes on.',
  'quota.effect.logMegabytesToday': 'Until midnight (UTC), requests are logged without what was sent.',
};
