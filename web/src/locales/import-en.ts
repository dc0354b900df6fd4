/** What a file of members needs in English. */
export const importEn = {
  'import.text':
    'Either all people in the file are imported or none. Each error is listed with its line. The first line names the columns, for example “First name” or firstName; only the e-mail address is required.',
  'import.file': 'CSV file',
  'import.choose': 'Choose a file',
  'import.update': 'Update existing members',
  'import.updateText':
    'Members who already exist, matched by id, externalId or e-mail, are updated from the file. An empty cell changes nothing.',
  'import.understood': 'The file was read as {encoding}, with cells separated by {separator}.',
  'import.separator.comma': 'commas',
  'import.separator.semicolon': 'semicolons',
  'import.separator.tab': 'tabs',
  'import.ignored': 'These columns have no effect: {columns}.',
  'import.changed': '{count, plural, one {# member changes} other {# members change}}',
  'import.unchanged':
    '{count, plural, one {# member is already up to date} other {# members are already up to date}}',
  'import.apply': '{count, plural, one {Import # member} other {Import # members}}',
  'import.applied': '{count, plural, one {# member imported} other {# members imported}}',
  'import.done': '{count, plural, one {# member added} other {# members added}}',
  'import.faults':
    '{count, plural, one {Nothing was imported: # error} other {Nothing was imported: # errors}}',
  'import.template': 'Download a template',
  'import.ready': '{count, plural, one {# member can be added} other {# members can be added}}',
  'import.readyText': 'The file was checked and has no errors. Nothing has been changed yet.',
  'import.action': '{count, plural, one {Add # member} other {Add # members}}',
  'import.moreFaults': 'and {count, number} more',
  'import.line': 'line',
  'import.column': 'column',
  'import.fault': 'error',
  'import.lineText': 'text',
  'import.faultFile': 'Download the errors',
};
