/** What the service refuses, by the stable names of its problems and faults; in English. */
export const problemsEn = {
  'problem.not-found': 'This no longer exists. Someone may have deleted it; go back and check.',
  'problem.workspace-moved':
    'This workspace has moved to another address of the product. Open it from there.',
  'problem.not-entitled':
    'User provisioning is no longer part of your plan. Ask your account manager at {product}.',
  'problem.suspended':
    'User provisioning is suspended until {until}. It is no longer part of your plan, and nothing can be changed. Ask your account manager at {product}.',
  'problem.not-active': 'User provisioning is not active in this workspace. Activate it first.',
  'problem.already-active': 'Someone else has already activated user provisioning. Reload the page.',
  'problem.role': 'Your role does not allow this. Ask an owner of the workspace.',
  'problem.csrf': 'This page belongs to an earlier session. Reload it and try again.',
  'problem.bad-input': 'Some of this is not valid.',
  'problem.content-too-large':
    'This is larger than the {megabytesMax, number} MB that the service accepts at once. Split it and send the parts one by one.',
  'problem.too-costly': 'This search takes too long. Narrow it: fewer filters, or more letters of a name.',
  'problem.too-many-requests':
    'Too many requests are under way in this workspace. Wait a moment and try again.',
  'problem.other-session': 'This browser is signed in as someone else.',
  'problem.client-not-live': 'This OAuth client is revoked. Create a new one instead.',
  'problem.too-many-clients':
    'This workspace has reached the limit of {clientsMax, number} active OAuth clients. Revoke one that you no longer need.',
  'problem.rate-limited':
    'Too many requests were sent in a short time. Try again in {retryAfterSeconds, plural, one {# second} other {# seconds}}.',
  'problem.quota-reached':
    'This workspace has reached its limit of {quota, select, users {{max, plural, one {# user} other {# users}}} groups {{max, plural, one {# group} other {# groups}}} other {{max, plural, one {# member} other {# members}}}}. Remove some, or ask your account manager at {product}.',
  'problem.unsupported-media-type':
    'The service does not accept this kind of file. Save it as CSV or JSON, as the page asks for.',
  'problem.unavailable': 'The service is not ready at the moment. Wait a moment and try again.',
  'problem.internal-error':
    'Something went wrong on our side. Try again. If the problem persists, contact our support team.',
  'problem.email-taken': 'Another member has this e-mail address.',
  'problem.member-provisioned':
    'User provisioning manages this member. Unassign or disable the person in your identity provider instead. If the deactivation is already held, approve it.',
  'problem.field-provisioned':
    'User provisioning fills {fields} of this member. Change it in your identity provider.',
  'problem.property-key-taken': 'Another property has this key.',
  'problem.too-many-properties':
    'This workspace has reached the limit of {propertiesMax, number} properties. Delete one that you no longer need.',
  'problem.property-in-use':
    'A rule of the attribute mapping fills this property. Remove the rule first, then delete the property.',
  'problem.option-in-use':
    'Members still have options of “{property}” that would be removed: {options}. Keep these options, or give the members other options first.',
  'problem.rules-do-not-fit': 'This would break rules of the attribute mapping. Change these rules first:',
  'problem.mail-not-set-up':
    'E-mail is not set up: the operator of {product} must set up a mail server first.',
  'problem.too-many-channels':
    'You have reached the limit of {channelsMax, number} channels. Remove one that you no longer need.',
  'problem.too-many-messages':
    'This workspace has sent {messagesMax, number} messages within 24 hours. Try again tomorrow.',
  'problem.precondition-failed': 'Someone else has changed this. Reload the page and make your change again.',
  'problem.mapping-changed':
    'Someone else has changed the attribute mapping. Reload it and make your change again.',
  'problem.preview-changed':
    'Something has changed since you last looked. Review the changes again before you continue.',
  'problem.sync-run-active': 'A synchronization is already queued or running. Wait until it finishes.',
  'problem.already-running': 'A simulation is already running. Wait until it finishes, or stop it.',
  'problem.no-first-day':
    'The first day of the simulated company has not fully arrived. Start the simulation again.',
  'problem.not-a-sandbox': 'This workspace is not a sandbox. Your contact at {product} can make it one.',
  'problem.role-mapping-changed':
    'Someone else has changed the rules in the meantime. Reload the page and make your change again.',
  'problem.undo-active': 'This run is already being undone.',
  'problem.not-undoable': 'This run cannot be undone, or already has been.',
  'problem.nobody-to-bring-back': 'Everyone who lost access has it again, has left for good, or is excluded.',
  'problem.nothing-held': 'Nothing is held here any longer; someone else has decided.',
  'problem.already-linked': 'This person is already linked to a member.',
  'problem.member-linked': 'This member belongs to another, active person in the directory.',
  'problem.never-given-away':
    'No member of this person was linked to someone else, or this has already been settled.',
  'problem.member-removed': 'This member was removed.',
  'problem.not-excluded': 'This person is no longer excluded.',
  'problem.no-conflict': 'This person is no longer in conflict.',
  'problem.not-suspended': 'This member is no longer suspended by an admin.',
  'problem.not-suppressed': 'Changes to this person are no longer suppressed.',
  'problem.token-not-live': 'This token has been revoked or has expired. Create a new one instead.',
  'problem.too-many-tokens':
    'This workspace has reached the limit of {tokensMax, number} active API tokens. Revoke one that you no longer need.',
  'fault.nothing-suppressed': 'Nothing is suppressed here any longer.',
  'fault.nothing-held': 'Someone else has already decided about this person.',
  'fault.no-person': 'is not the ID of anyone in the directory',
  'fault.no-group': 'is not the ID of a group in the directory',
  'fault.person-twice': 'is in the list twice',
  'fault.database-away': 'The database does not answer.',
  'fault.database-full': 'The database has run out of space.',
  'fault.database-crowded': 'The database has no free connection.',
  'fault.database-read-only': 'The database accepts no changes at the moment.',
  'fault.database-slow': 'The database took too long over this.',
  'fault.database-contended': 'Others are changing the same data at the moment.',
  'fault.database-pooler': 'The connection to the database has changed.',
  'fault.database-moving': 'This workspace is being moved to another database.',
  'fault.database-refuses': 'The database refuses the service’s connection.',
  'fault.required': 'is required',
  'fault.unknown-property': 'is no longer a property of this workspace',
  'fault.provisioned-only': 'can only be filled by user provisioning',
  'fault.no-member': 'is not a member',
  'fault.no-workspace': 'is not a workspace',
  'fault.self': 'cannot be the same member',
  'fault.option-twice': 'contains {name} twice',
  'fault.too-long': 'must be at most {lengthMaxChars, number} characters long',
  'fault.not-a-number': 'must be a number, with a point as the decimal separator',
  'fault.not-an-email-address': 'must be an e-mail address',
  'fault.too-many-values': 'must have at most {valuesMax, number} values',
  'problem.values-do-not-convert':
    'Some values of “{property}” cannot be converted to the new type, for {doesNotConvert, plural, one {# member} other {# members}}. Keep the type, or change these values first.',
  'fault.unknown-field': 'is not a known field; check the spelling or leave it out',
  'fault.not-an-object': 'must be an object (names and values in braces)',
  'fault.not-a-list': 'must be a list',
  'fault.not-a-text': 'must be text',
  'fault.not-a-plain-text':
    'must be text of {lengthMinChars, number} to {lengthMaxChars, number} characters without NUL',
  'fault.not-a-readable-text':
    'must be text on one line, with at least one visible character and no control or invisible characters',
  'fault.broken-text': 'contains half a character; type it again',
  'fault.not-true-or-false': 'must be true or false',
  'fault.not-a-whole-number': 'must be a whole number',
  'fault.not-a-moment': 'must be a date and time with a UTC offset, such as 2030-01-31T12:00:00Z',
  'fault.not-a-time-of-day': 'must be a time of day such as 02:00',
  'fault.not-a-time-zone': 'must be the name of a time zone such as Europe/Berlin',
  'fault.not-a-page': 'must be a page of the settings such as user-provisioning/synchronize or members',
  'fault.not-an-id': 'must be an ID (UUID)',
  'fault.not-one-of': 'must be one of: {values}',
  'fault.not-in-future': 'must be in the future',
  'fault.in-future': 'must not be in the future',
  'fault.too-small': 'must be at least {min, number}',
  'fault.too-large': 'must be at most {max, number}',
  'fault.too-short': 'must be at least {lengthMinChars, number} characters long',
  'fault.length-out-of-range': 'must be {lengthMinChars, number} to {lengthMaxChars, number} characters long',
  'fault.too-many-keys': 'must have at most {keysMax, number} names in an object',
  'fault.too-deep': 'must not be nested more than {levelsMax, number} levels deep',
  'fault.bad-key':
    'must start with a letter, contain only letters, digits, _ or -, and have at most {lengthMaxChars, number} characters',
  'fault.key-stays': 'cannot be changed from {key}; create another property to use another key',
  'fault.no-options-here': 'are only available for the types select and multi_select, not for {type}',
  'fault.bad-option': 'must have a name (and may have a key) of 1 to {lengthMaxChars, number} characters',
  'fault.no-header': 'is missing; it must name the columns, including email',
  'fault.no-email-column': 'must include a column named email',
  'fault.unknown-column': 'is not a field or property: {name}; correct the name or remove the column',
  'fault.column-twice': 'names the same field as column {column}: {name}; remove one of them',
  'fault.lost-character':
    'contains a character that another program could not read; save the file again in the program it comes from',
  'fault.wrong-cell-count':
    'must have one cell per column ({columns, number}), but has {cells, number}; put text that contains a comma in quotation marks',
  'fault.bad-quotes': 'has quotation marks that do not match; the first of them may be on an earlier line',
  'fault.unreadable-csv': 'cannot be read as CSV; save the file as CSV in UTF-8',
  'fault.too-many-rows': 'must have at most {rowsMax, number} rows; split the file',
  'fault.address-twice': 'is already on line {line}; remove one of them',
  'fault.address-taken': 'already belongs to a member; remove the line, or choose to update existing members',
  'fault.member-known':
    'is already the ID of a member; remove the line, or choose to update existing members',
  'fault.member-twice': 'refers to the same member as line {line}; remove one of them',
  'fault.two-members-meant': 'belongs to another member than the ID of the row; keep one of the two',
  'fault.external-id-shared': 'belongs to several members; name the member by ID',
  'fault.no-other-member': 'does not belong to another member, either here or in the file',
  'place.whole': 'Input',
  'place.near': 'did you mean {name}?',
  'place.line': 'Line {number}',
  'place.column': 'column {number}',
  'place.rule': 'Rule {number}',
  'place.transform': 'transform {number}',
  'place.when': 'when the rule applies',
  'place.unknownOption': 'values that are not options',
  'place.option': 'Option {number}',
  'place.key': 'Key',
  'place.managerEmail': 'Manager’s e-mail',
  'place.search': 'Search',
};
