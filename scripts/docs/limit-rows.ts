/**
 * The rows of the table of limits: what is limited, how much of it there may be, and what happens beyond that. Names
 * in braces are constants of the source, after `@` the room that holds one of several with this name.
 */
export const limitRows: readonly (readonly [what: string, limit: string, beyond: string])[] = [
  [
    'Request body',
    '{bodySizeMaxBytes}; `/scim/v2/Groups` {groupBodySizeMaxBytes}; a CSV file of members {importSizeMaxBytes}; sign-in {openBodySizeMaxBytes}',
    '413',
  ],
  [
    'Values in a body',
    '{bodyValuesMax}; `/scim/v2/Users` {userBodyValuesMax}; `/scim/v2/Groups` {groupBodyValuesMax}',
    '413',
  ],
  ['Names in one object of a body', '{bodyKeysMax}', '400'],
  ['Levels in a body', '{bodyLevelsMax}', '400'],
  [
    'Bodies being read at the same time',
    '{bodiesOfOneInFlightMaxBytes} of one workspace, {bodiesInFlightMaxBytes} in all',
    '503 with `Retry-After`',
  ],
  ['Content coding of a body', 'None: `gzip` and the like are not accepted', '415'],
  [
    'Filter',
    '{filterLengthMaxChars@scim-core}, {filterDepthMax} levels, {filterTermsMax} terms',
    '400 `invalidFilter`',
  ],
  ['Attribute path', '{pathLengthMaxChars}', '400 `invalidPath`'],
  [
    'A name that is indexed whole: `userName`, `externalId`, `displayName` of a group',
    'About 2,600 bytes: what an index row of PostgreSQL holds',
    '400 `invalidValue`',
  ],
  ['Values of an attribute that has a primary one, such as `emails`', '{attributeValuesMax}', '413'],
  ['Levels of a value that no schema describes', '{valueDepthMax}', 'Left out, with a note in the log'],
  ['Notes about one request', '{notesMax@scim-core}', 'Further notes are not kept'],
  [
    'A stored user or group',
    '{resourceSizeMaxBytes} of JSON, not counting the members of a group',
    '400 `tooMany`',
  ],
  ['Operations of a PATCH', '{patchOperationsMax}', '400 `tooMany`'],
  ['Operations of a bulk request', '{bulkOperationsMax}', '413'],
  ['A search or list', '{listMaxMs} in the database', '400 `tooMany`'],
  ['A report, an export, a preview', '{reportMaxMs} for each statement', '503'],
  [
    'A write',
    '{writeMaxMs} for each statement; {overhaulMaxMs} for one that touches everything of a workspace',
    '503',
  ],
  [
    'Lists and reports of one workspace at the same time',
    'A quarter of `POOL_SIZE` for its identity provider, and as many for its admins; {waitingPerWorkspaceMax} wait',
    '429 after {waitMaxMs@database/lanes}',
  ],
  [
    'Writes of one workspace at the same time',
    '`POOL_SIZE` less 2; {waitingPerWorkspaceMax} wait',
    '429 after {waitMaxMs@database/lanes}',
  ],
  ['Streams that watch runs', '{streamsPerAdminMax} for each admin', '429'],
  ['Page of a SCIM list', '{countDefault} by default, {countMax} at most', 'The page is cut'],
  ['Page of an API list', '{pageLimitDefault} by default, {pageLimitMax} at most', '400'],
  ['Page of any list, in bytes', '{pageSizeMaxBytes}, and always at least one item', 'The page is cut'],
  ['Live API tokens of a workspace', '{tokensActiveMax}', '409'],
  ['Properties of a workspace', '{propertiesMax}', '409'],
  ['Options of a property', '{optionsMax}', '400'],
  ['Rules of the attribute mapping', '{rulesMax}', '400'],
  ['Steps of a rule', '{transformsMax}', '400'],
  [
    'Work of the rules for one person',
    '{workPerPersonMaxUnits} units, about 5 ms; each rule has {workPerRuleUnits} more of its own',
    'The field stays as it is, and the rule is reported',
  ],
  [
    'Work of the rules in a preview',
    '{previewExtraMaxUnits} units beyond ordinary work; {countsExtraMaxUnits} when everybody is counted',
    'Fewer people, `complete: false`',
  ],
  [
    'Work of the rules per second',
    '{extraPerSecondUnits} units beyond ordinary work for each workspace',
    'The workspace waits',
  ],
  [
    'A reference to another person',
    '{referenceLengthMaxBytes}',
    'The field stays as it is, and the value is reported',
  ],
  ['Rows of a CSV file', '{importRowsMax}', '400'],
  [
    'Faults of a CSV file that are named',
    'The first {importFaultsMax}',
    '`faultsTotal` has the number of all',
  ],
  ['Provisioning log', '{logKeptDays}', 'Deleted'],
  ['A body in the provisioning log', '{bodyLengthMaxChars@provisioning-log}', 'Cut, with a mark'],
  [
    'Path, detail and user agent in that log',
    '{textLengthMaxChars@provisioning-log} each',
    'Cut, with a mark',
  ],
  [
    'Entries that wait to be written to that log',
    '{waitingEntriesMax}, with {waitingTextMaxChars} of bodies',
    'The oldest are lost, and counted',
  ],
  ['People and groups found by name in the directory', '{foundPerTypeMax} of each', 'Not shown'],
  [
    'Suppressed people and groups allowed again by name',
    '{liftedMax} of each; a filter takes any number',
    '400',
  ],
  [
    'People shown for the change of a group',
    '{shownPeopleMax}, and the number of all',
    'In the changes of the run',
  ],
  ['People linked by one request', '{linkPairsMax}', '400'],
  ['People of a simulated company', '{simulatedPeopleMax} in a sandbox', '400'],
  ['Admin link', 'One use, within {linkLifetimeMilliseconds}', '401'],
  ['Session of an admin', '{sessionLifetimeMilliseconds}', '401'],
  [
    'Suspension after the entitlement is withdrawn',
    '{suspensionLengthDays}, in which everything is kept',
    'API tokens are revoked, as if the admin had switched provisioning off',
  ],
  [
    'Silence of the database',
    '{answersWithinMs} for `/health/ready`, {silenceLimits.suspectAfterMs} to {silenceLimits.silentMaxMs} for a statement',
    '503 with `Retry-After`',
  ],
  [
    'Stop after SIGTERM',
    'Requests get {requestsEndWithinMs}, background work {modulesCloseWithinMs}',
    'Cut off, and counted in the log',
  ],
];
