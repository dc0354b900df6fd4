import type { SettingReader } from './setting-reader.ts';

const requestsPerSecondMost = 1_000_000;
/** No workspace is held back below this rate: Microsoft Entra ID asks for at least 25 requests a second. */
export const workspaceRequestsLeastPerSecond = 50;
const workspaceRequestsDefaultPerSecond = 200;
const tokenRequestsDefaultPerSecond = 100;
const backEndRequestsDefaultPerSecond = 1_000;
const addressRequestsDefaultPerSecond = 50;
const failedSignInsDefaultPerMinute = 20;
const countMost = 100_000_000;
const usersDefault = 500_000;
const groupsDefault = 100_000;
const membersDefault = 1_000_000;
const logDefaultMegabytesPerDay = 1_000;
const logMostMegabytesPerDay = 1_000_000;
const sessionIdleLeastMinutes = 5;
const sessionIdleMostMinutes = 1_440;
const sessionIdleDefaultMinutes = 30;
const sessionDefaultHours = 12;
const sessionMostHours = 168;
const streamsDefault = 20;
const streamsMost = 1_000;

/**
 * How many requests a process takes.
 *
 * @property workspacePerSecond of the identity providers of one workspace, and as many of its admins
 * @property tokenPerSecond with one API token or one session
 * @property backEndPerSecond with one product key or operator token
 * @property addressPerSecond from one address without good credentials
 * @property failedPerMinute with bad credentials that begin alike, from one address
 */
export interface RequestRates {
  readonly workspacePerSecond: number;
  readonly tokenPerSecond: number;
  readonly backEndPerSecond: number;
  readonly addressPerSecond: number;
  readonly failedPerMinute: number;
}

/**
 * How much one workspace may have.
 *
 * @property logMegabytesPerDay of the provisioning log; beyond it, bodies are left out
 * @property streamsPerSession of events that one session may have open
 */
export interface QuotaSettings {
  readonly users: number;
  readonly groups: number;
  readonly members: number;
  readonly logMegabytesPerDay: number;
  readonly streamsPerSession: number;
}

/**
 * How long admins stay signed in.
 *
 * @property idleMinutes without using it
 * @property hours at most
 */
export interface SessionSettings {
  readonly idleMinutes: number;
  readonly hours: number;
}

/** How long sessions last. */
export function readSessions(read: SettingReader): SessionSettings {
  return Object.freeze({
    idleMinutes: read.integer('SESSION_IDLE_MINUTES', {
      from: sessionIdleLeastMinutes,
      to: sessionIdleMostMinutes,
      otherwise: sessionIdleDefaultMinutes,
    }),
    hours: read.integer('SESSION_HOURS', { from: 1, to: sessionMostHours, otherwise: sessionDefaultHours }),
  });
}

/** The rates of requests. */
export function readRates(read: SettingReader): RequestRates {
  return Object.freeze({
    workspacePerSecond: read.integer('WORKSPACE_REQUESTS_PER_SECOND', {
      from: workspaceRequestsLeastPerSecond,
      to: requestsPerSecondMost,
      otherwise: workspaceRequestsDefaultPerSecond,
    }),
    tokenPerSecond: read.integer('TOKEN_REQUESTS_PER_SECOND', {
      from: workspaceRequestsLeastPerSecond,
      to: requestsPerSecondMost,
      otherwise: tokenRequestsDefaultPerSecond,
    }),
    backEndPerSecond: read.integer('BACK_END_REQUESTS_PER_SECOND', {
      from: workspaceRequestsLeastPerSecond,
      to: requestsPerSecondMost,
      otherwise: backEndRequestsDefaultPerSecond,
    }),
    addressPerSecond: read.integer('ADDRESS_REQUESTS_PER_SECOND', {
      from: 1,
      to: requestsPerSecondMost,
      otherwise: addressRequestsDefaultPerSecond,
    }),
    failedPerMinute: read.integer('FAILED_SIGN_INS_PER_MINUTE', {
      from: 1,
      to: requestsPerSecondMost,
      otherwise: failedSignInsDefaultPerMinute,
    }),
  });
}

/** The quotas of a workspace. */
export function readQuotas(read: SettingReader): QuotaSettings {
  return Object.freeze({
    users: read.integer('USERS_PER_WORKSPACE', { from: 1, to: countMost, otherwise: usersDefault }),
    groups: read.integer('GROUPS_PER_WORKSPACE', { from: 1, to: countMost, otherwise: groupsDefault }),
    members: read.integer('MEMBERS_PER_WORKSPACE', { from: 1, to: countMost, otherwise: membersDefault }),
    logMegabytesPerDay: read.integer('LOG_MEGABYTES_PER_DAY', {
      from: 1,
      to: logMostMegabytesPerDay,
      otherwise: logDefaultMegabytesPerDay,
    }),
    streamsPerSession: read.integer('STREAMS_PER_SESSION', {
      from: 1,
      to: streamsMost,
      otherwise: streamsDefault,
    }),
  });
}
