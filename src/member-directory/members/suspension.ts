/**
 * That an admin suspended a member: no access until an admin lifts it, whatever the status is or becomes.
 *
 * @property at ISO 8601 in UTC
 * @property by the address of the admin
 * @property reason what the admin said; null: nothing
 */
export interface Suspension {
  at: string;
  by: string;
  reason: string | null;
}
