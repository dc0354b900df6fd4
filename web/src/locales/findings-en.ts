/** What is wrong at the identity provider, and the help in the set-up guide. */
export const findingsEn = {
  'findings.title': 'What your identity provider should change',
  'findings.since': 'Since',
  'findings.fix': 'How to fix it',
  'findings.fixIn': 'How to fix it in {provider}',
  'findings.requests': 'Show the requests',
  'findings.more': '{count, plural, one {Show one more} other {Show # more}}',
  'guide.ways': 'Kind of app',
  'guide.openPage': 'Open {host} (new tab)',
  'guide.token.make': 'Make a token',
  'guide.token.another': 'Make another token',
  'guide.token.once': 'It is shown only now. Paste it before you leave this page.',
  'guide.token.have':
    '{count, plural, one {There is a live token already, ending in {lastFour}} other {There are # live tokens already, the newest ending in {lastFour}}}. Its secret is not shown again: use it if you have it, else make another.',
  'guide.failed': 'The test of the connection failed?',
  'guide.failed.saw': 'What this service really saw',
  'guide.failed.nothing':
    'Nothing has arrived here. Then the address is wrong, something between refuses it, or the test was not pressed yet.',
  'guide.failed.check': 'Then look at these:',
  'guide.failed.wholeToken':
    'Was the whole token pasted? It begins with mcs_ and has 53 characters. What comes with a piece of it is shown above.',
  'guide.saw.truncated':
    'A piece of the token “{name}” ({prefix}…), {length} instead of 53 characters: refused{count, plural, one {} other {, # times}}',
  'guide.saw.mistyped':
    'Something like the token “{name}” ({prefix}…), but not that: refused{count, plural, one {} other {, # times}}',
  'guide.saw.surrounded':
    'The token “{name}” ({prefix}…) with something around it, such as Bearer twice: refused{count, plural, one {} other {, # times}}',
  'guide.saw.revoked':
    'The revoked token “{name}” ({prefix}…{lastFour}): refused{count, plural, one {} other {, # times}}',
  'guide.saw.expired':
    'The expired token “{name}” ({prefix}…{lastFour}): refused{count, plural, one {} other {, # times}}',
  'guide.saw.answered': '{sentence} – answered {status}',
} as const;
