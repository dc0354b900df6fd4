/** Which events to read: those of one workspace after a sequence, up to another. */
export interface EventRange {
  workspaceId: string;
  after: bigint;
  upTo: bigint;
}
