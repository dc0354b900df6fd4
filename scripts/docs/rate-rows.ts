/** The rows of the table of limits about rates of requests and quotas of workspaces; see `limitRows`. */
export const rateRows: readonly (readonly [what: string, limit: string, beyond: string])[] = [
  [
    'Requests a second of the identity providers of one workspace, and as many of its admins; the processes of `WORKERS` count together',
    '{workspaceRequestsDefaultPerSecond} (`WORKSPACE_REQUESTS_PER_SECOND`, at least {workspaceRequestsLeastPerSecond}); those of {burstSeconds} at once',
    '429 with `Retry-After`',
  ],
  [
    'The same with one API token or session',
    '{tokenRequestsDefaultPerSecond} (`TOKEN_REQUESTS_PER_SECOND`, at least {workspaceRequestsLeastPerSecond})',
    '429 with `Retry-After`',
  ],
  [
    'The same with one product key or operator token',
    '{backEndRequestsDefaultPerSecond} (`BACK_END_REQUESTS_PER_SECOND`)',
    '429 with `Retry-After`',
  ],
  [
    'The same from one address, or /64 of IPv6, without good credentials',
    '{addressRequestsDefaultPerSecond} (`ADDRESS_REQUESTS_PER_SECOND`)',
    '429 with `Retry-After`; good credentials pass',
  ],
  [
    'Requests a minute from one address with bad credentials that begin alike',
    '{failedSignInsDefaultPerMinute} (`FAILED_SIGN_INS_PER_MINUTE`)',
    '429 with `Retry-After`; good credentials pass',
  ],
  [
    'Refusals of one token or address within a second',
    'As many as `ADDRESS_REQUESTS_PER_SECOND`',
    'Further ones are answered after {refusalWaitMs@http}',
  ],
  [
    'Requests of identity providers that a process works on at the same time',
    '{workedOnMax}; of one workspace its share of them, at least {workedOnEachMin}',
    'They take turns, one of each workspace; 429 or 503 after {waitMaxMs@http}',
  ],
  [
    'What the processes of `WORKERS` let in before they hear of each other',
    'What comes within {countsToldEveryMs}',
    'It counts afterwards',
  ],
  ['Processes of `WORKERS`', '{workersMax}', 'The start ends with 78'],
  [
    'Silence of one of them',
    '{silentMaxMs}',
    'It is ended and replaced; pauses between replacements grow up to {replacedLastAfterMs}',
  ],
  [
    'Writes over SCIM of one workspace that share a statement and a commit',
    '{writesTogetherMax}, if it ends within {overdueMs}; else they go one by one for {apartMs}',
    'The others go with the next',
  ],
  ['Users of a workspace', '{usersDefault} (`USERS_PER_WORKSPACE`)', '403 `quota-reached`'],
  ['Groups of a workspace', '{groupsDefault} (`GROUPS_PER_WORKSPACE`)', '403 `quota-reached`'],
  [
    'Large bodies and answers of a workspace',
    '{perSecondMaxBytes} a second, {atOnceMaxBytes} at once',
    'They wait',
  ],
  [
    'Members of a workspace, those that are removed not counted',
    '{membersDefault} (`MEMBERS_PER_WORKSPACE`)',
    '403 `quota-reached` for admins and back ends; runs go on',
  ],
  [
    'Provisioning log of a workspace in a day (UTC)',
    '{logDefaultMegabytesPerDay} MB (`LOG_MEGABYTES_PER_DAY`)',
    'Requests are logged without their bodies',
  ],
];
