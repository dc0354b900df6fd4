/** What is wrong at the identity provider, and the help in the set-up guide. */
export const findingsEn = {
  'findings.title': 'What to change at your identity provider',
  'findings.since': 'First seen',
  'findings.fix': 'How to fix it',
  'findings.fixIn': 'How to fix it in {provider}',
  'findings.arrivedSoFar': 'The first people have arrived: {count, number} so far',
  'findings.look': 'Where to see its progress',
  'findings.lookIn': 'Where to see it in {provider}',
  'findings.requests': 'Show the requests',
  'findings.more': '{count, plural, one {Show one more} other {Show # more}}',
  'guide.ways': 'Kind of app',
  'guide.openPage': 'Open {host} (new tab)',
  'guide.token.make': 'Create a token',
  'guide.token.another': 'Create another token',
  'guide.token.once': 'It is shown only now. Paste it before you leave this page.',
  'guide.token.have':
    '{count, plural, one {An active token already exists, ending in {lastFour}} other {# active tokens already exist, the newest ending in {lastFour}}}. The token itself is not shown again: use it if you have it.',
  'guide.token.else': 'Otherwise, create another.',
  'guide.failed': 'Did the connection test fail?',
  'guide.failed.saw': 'What arrived here',
  'guide.failed.nothing':
    'Nothing has arrived here yet: the address is wrong, something in between blocks the request, or the test has not been started.',
  'guide.failed.check': 'Check the following:',
  'guide.failed.wholeToken':
    'Was the whole token pasted? It begins with mcs_ and has 53 characters. If only a part of it arrives, that is shown above.',
  'guide.saw.truncated':
    'Part of the token “{name}” ({prefix}…), {length} of 53 characters: refused{count, plural, one {} other {, # times}}',
  'guide.saw.mistyped':
    'A token that begins like “{name}” ({prefix}…) but does not match it: refused{count, plural, one {} other {, # times}}',
  'guide.saw.surrounded':
    'The token “{name}” ({prefix}…) with extra characters around it, such as a second “Bearer”: refused{count, plural, one {} other {, # times}}',
  'guide.saw.revoked':
    'The revoked token “{name}” ({prefix}…{lastFour}): refused{count, plural, one {} other {, # times}}',
  'guide.saw.expired':
    'The expired token “{name}” ({prefix}…{lastFour}): refused{count, plural, one {} other {, # times}}',
  'guide.saw.answered': '{sentence} – answered {status}',
} as const;
