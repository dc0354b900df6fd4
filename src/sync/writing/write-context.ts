/**
 * Where and when decisions are written.
 *
 * @property dueBy the run is about people who were due by then
 * @property isFirst nobody in the workspace had a member when the run began; people who get one by other means meanwhile
 * are queued for the next run
 */
export interface WriteContext {
  workspaceId: string;
  runId: string;
  now: Date;
  dueBy: Date;
  isFirst: boolean;
}
