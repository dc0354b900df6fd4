/** What the service refuses, by the stable names of its problems and faults; in English. */
export const problemsEn = {
  'problem.not-found':
    'It is no longer there. Somebody may have deleted it meanwhile; go back and look again.',
  'problem.not-entitled':
    'User provisioning is not part of your plan any more. Ask your account manager at {{product}}.',
  'problem.suspended':
    'User provisioning is suspended until {{until}}: it is not part of your plan any more, and nothing can be changed. Ask your account manager at {{product}}.',
  'problem.not-active': 'User provisioning is not active in this workspace. Activate it first.',
  'problem.already-active': 'User provisioning is active already; somebody else was faster. Reload the page.',
  'problem.csrf': 'This page belongs to an earlier session. Reload it and try again.',
  'problem.bad-input': 'Something of this does not fit.',
  'problem.content-too-large':
    'This is larger than the {{megabytesMax, number}} MB that the service takes at once. Split it, and send one part after the other.',
  'problem.unavailable': 'The service is not ready just now. Wait a moment and try again.',
  'problem.internal-error': 'Something went wrong on our side. Try again; if it stays so, tell our support.',
  'problem.email-taken': 'Another member has this e-mail address.',
  'problem.member-provisioned':
    'User provisioning keeps this member. Unassign or disable the person in your identity provider instead.',
  'problem.field-provisioned':
    'User provisioning fills {{fields}} of this member. Change it in your identity provider.',
  'problem.property-key-taken': 'Another property has this key.',
  'problem.too-many-properties':
    'This workspace has as many properties as it can have: {{propertiesMax, number}}. Delete one that is no longer needed.',
  'problem.property-in-use':
    'A rule of the attribute mapping fills this property. Remove the rule first, then delete it.',
  'problem.option-in-use':
    'Members hold options of “{{property}}” that would go: {{options}}. Keep these options, or give the members others first.',
  'problem.rules-do-not-fit':
    'The attribute mapping could not go on with this. Change these of its rules first:',
  'problem.precondition-failed':
    'Somebody else changed this meanwhile. Reload the page and repeat your change.',
  'problem.mapping-changed':
    'Somebody else changed the attribute mapping meanwhile. Load it again and repeat your change.',
  'problem.preview-changed': 'Something has changed since you looked. Look again before you go on.',
  'problem.sync-run-active': 'A synchronization is queued or running already. Wait until it has finished.',
  'problem.already-running': 'A simulation is running already. Wait until it has finished, or stop it.',
  'problem.no-first-day':
    'The first day of the simulated company has not arrived whole. Start the simulation once more.',
  'problem.not-a-sandbox': 'This workspace is not a sandbox. Your contact at {{product}} can make it one.',
  'problem.undo-active': 'This run is being taken back already.',
  'problem.not-undoable': 'This run cannot be taken back, or has been already.',
  'problem.nobody-to-bring-back': 'Everybody who lost access has it again, or has left for good.',
  'problem.nothing-held': 'Nothing is held here any more; somebody else has decided.',
  'problem.already-linked': 'This person is linked to a member already.',
  'problem.member-linked': 'This member belongs to another person of the directory, who is active.',
  'problem.never-given-away':
    'No member of this person was linked to somebody else, or this was settled already.',
  'problem.member-removed': 'This member was removed.',
  'problem.not-excluded': 'This person is not excluded any more.',
  'problem.no-conflict': 'This person is no conflict any more.',
  'problem.not-suppressed': 'Nothing is suppressed for this person any more.',
  'problem.token-not-live': 'This token is revoked or has expired. Make a new one instead.',
  'problem.too-many-tokens':
    'This workspace has as many working API tokens as it can have: {{tokensMax, number}}. Revoke one that is no longer needed.',
  'fault.nothing-suppressed': 'Nothing is suppressed here any more.',
  'fault.nothing-held': 'Somebody else has decided about this person already.',
  'fault.person-twice': 'stands here twice',
  'fault.database-away': 'The database does not answer.',
  'fault.database-full': 'The database has no room left to write.',
  'fault.database-crowded': 'The database has no connection free.',
  'fault.database-read-only': 'The database takes no changes at the moment.',
  'fault.database-slow': 'The database took too long over this.',
  'fault.database-contended': 'Others changed the same at this moment.',
  'fault.database-pooler': 'The connection to the database has changed.',
  'fault.database-refuses': 'The database does not let the service in.',
  'fault.required': 'is required',
  'fault.unknown-property': 'is no property of this workspace any more',
  'fault.provisioned-only': 'is filled by user provisioning alone',
  'fault.no-member': 'is nobody among the members',
  'fault.self': 'is the same member',
  'fault.option-twice': 'is there twice: {{name}}',
  'fault.too-long': 'must be at most {{lengthMaxChars, number}} characters long',
  'fault.not-a-number': 'must be a number, with a point before the decimals',
  'fault.not-an-email-address': 'must be an e-mail address',
  'fault.too-many-values': 'must be at most {{valuesMax, number}} values',
  'problem.values-do-not-convert':
    'The values of “{{property}}” do not convert to the new type, in how many members: {{doesNotConvert, number}}. Keep the type, or change these values first.',
  'fault.unknown-field': 'is not known here; check how it is written, or leave it out',
  'fault.not-an-object': 'must be an object: names and values in braces',
  'fault.not-a-list': 'must be a list',
  'fault.not-a-text': 'must be a text',
  'fault.not-a-plain-text':
    'must be a text of {{lengthMinChars, number}} to {{lengthMaxChars, number}} characters, none of them NUL',
  'fault.not-a-readable-text':
    'must be a text with at least one visible character, on one line and without control characters',
  'fault.broken-text': 'holds half a character, which no text can have; type it again',
  'fault.not-true-or-false': 'must be true or false',
  'fault.not-a-whole-number': 'must be a whole number',
  'fault.not-a-moment': 'must be a date and time with its offset from UTC, such as 2030-01-31T12:00:00Z',
  'fault.not-a-time-of-day': 'must be a time of day such as 02:00',
  'fault.not-a-time-zone': 'must be the name of a time zone such as Europe/Berlin',
  'fault.not-an-id': 'must be an id (UUID)',
  'fault.not-one-of': 'must be one of these: {{values}}',
  'fault.not-in-future': 'must be in the future',
  'fault.too-small': 'must be at least {{min, number}}',
  'fault.too-large': 'must be at most {{max, number}}',
  'fault.too-short': 'must be at least {{lengthMinChars, number}} characters long',
  'fault.length-out-of-range':
    'must be {{lengthMinChars, number}} to {{lengthMaxChars, number}} characters long',
  'fault.too-many-keys': 'must have at most {{keysMax, number}} names in one object',
  'fault.too-deep': 'must nest at most {{levelsMax, number}} levels deep',
  'fault.bad-key':
    'must begin with a letter, go on with letters, digits, _ or -, and be at most {{lengthMaxChars, number}} characters long',
  'fault.key-stays': 'cannot change and stays {{key}}; make another property for another key',
  'fault.no-options-here': 'are only for the types select and multi_select, not for {{type}}',
  'fault.bad-option': 'must have a name (and may have a key) of 1 to {{lengthMaxChars, number}} characters',
  'fault.no-header': 'is missing; it must name the columns, one of them email',
  'fault.no-email-column': 'must name a column email',
  'fault.unknown-column':
    'names no field and no property: {{name}}; correct the name, or leave the column out',
  'fault.column-twice': 'names the same as column {{column}}: {{name}}; leave one of the two out',
  'fault.lost-character':
    'holds a character that was lost when a program read the file; save the file again from where it comes',
  'fault.wrong-cell-count':
    'must have as many cells as there are columns: {{columns, number}}, and not {{cells, number}}; a text with a comma stands in quotation marks',
  'fault.bad-quotes': 'has quotation marks that do not match; the first of them may stand on a line before',
  'fault.unreadable-csv': 'cannot be read as CSV; save the file anew as CSV in UTF-8',
  'fault.too-many-rows': 'must have at most {{rowsMax, number}} rows; split the file',
  'fault.address-twice': 'is on line {{line}} already; leave one of the two out',
  'fault.address-taken':
    'is the address of a member already; leave the line out, or have existing members updated',
  'fault.member-known': 'is the id of a member already; leave the line out, or have existing members updated',
  'fault.member-twice': 'means the member of line {{line}} again; leave one of the two out',
  'fault.no-other-member': 'is the address of no other member, neither here nor in the file',
  'place.whole': 'The whole',
  'place.near': 'did you mean {{name}}?',
  'place.line': 'Line {{number}}',
  'place.column': 'column {{number}}',
  'place.rule': 'Rule {{number}}',
  'place.transform': 'transform {{number}}',
  'place.when': 'when it counts',
  'place.unknownOption': 'values that are no option',
  'place.option': 'Option {{number}}',
  'place.key': 'Key',
  'place.managerEmail': "Manager's e-mail",
  'place.search': 'Search',
};
