export const channelKinds = ['email', 'slack', 'teams', 'webhook'] as const;

/** Where messages go: an admin's mailbox, or an address of the workspace. */
export type ChannelKind = (typeof channelKinds)[number];
