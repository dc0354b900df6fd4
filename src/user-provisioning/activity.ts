import type { DataSource } from 'typeorm';
import { parameter, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';

/** Days that are told of, the present one included; the provisioning log is kept for 30. */
export const activityDays = 14;

/** What happened on one day of the workspace's time zone. */
export interface ActivityDay {
  /** `YYYY-MM-DD` */
  day: string;
  /** Requests of the identity provider. */
  requests: number;
  /** Those of them that were answered with an error. */
  errors: number;
  /** Changes of members that runs made. */
  changes: number;
}

/** The last days, the oldest first, quiet ones too. */
export async function readActivity(
  dataSource: DataSource,
  workspaceId: string,
  timeZone: string,
  now: Date,
): Promise<ActivityDay[]> {
  const zone = parameter(timeZone);
  const workspace = parameter(workspaceId);
  const { rows } = await dbOf(dataSource)
    .run(sql<ActivityDay>`WITH today AS (SELECT (${now}::timestamptz AT TIME ZONE ${zone})::date AS day),
     days AS (SELECT day - back AS day FROM today, generate_series(0, ${activityDays}::integer - 1) back),
     asked AS (
       SELECT (at AT TIME ZONE ${zone})::date AS day, count(*)::integer AS requests,
         (count(*) FILTER (WHERE status >= 400))::integer AS errors
       FROM provisioning_log
       WHERE workspace_id = ${workspace} AND at >= ((SELECT min(day) FROM days)::timestamp AT TIME ZONE ${zone})
       GROUP BY 1),
     made AS (
       SELECT (finished_at AT TIME ZONE ${zone})::date AS day, sum((
         SELECT sum(n.value::integer) FROM jsonb_each_text(counts) n
         WHERE n.key IN ('create', 'link', 'update', 'reactivate', 'deactivate', 'remove')))::integer AS changes
       FROM sync_run
       WHERE workspace_id = ${workspace} AND finished_at >= ((SELECT min(day)
         FROM days)::timestamp AT TIME ZONE ${zone})
       GROUP BY 1)
     SELECT d.day::text AS day, coalesce(requests, 0) AS requests, coalesce(errors, 0) AS errors,
       coalesce(changes, 0) AS changes
     FROM days d LEFT JOIN asked USING (day) LEFT JOIN made USING (day) ORDER BY d.day`);
  return rows;
}
