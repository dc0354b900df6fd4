/** Sessions, OAuth clients and quotas, in English. */
export const limitsEn = {
  'session.otherTitle': 'You are signed in as someone else',
  'session.otherCurrent': 'This browser is signed in as {email} in the workspace {workspace}.',
  'session.otherNext':
    'The link signs you in as {email} in the workspace {workspace}, and ends that session.',
  'session.otherStay': 'Stay signed in',
  'session.otherSwitch': 'Sign in as {email}',
  'sessions.title': 'Sessions',
  'sessions.intro':
    'Who is signed in to this workspace, and where. A session also ends when it has not been used for a while.',
  'sessions.everywhere': 'Sign out everywhere',
  'sessions.everywhereTitle': 'Sign out everywhere?',
  'sessions.everywhereText': 'All your sessions end, on this device and on all others.',
  'sessions.this': 'This session',
  'sessions.unknown': 'Unknown program',
  'sessions.used': 'Last used',
  'sessions.opened': 'Signed in',
  'sessions.ends': 'Ends at the latest',
  'sessions.address': 'Network address',
  'sessions.end': 'End',
  'sessions.endLabel': 'End the session of {email}, signed in {at}',
  'sessions.endTitle': 'End this session?',
  'sessions.endText': '{email} has to sign in again there. Unsaved changes there are lost.',
  'sessions.ended': 'The session has ended',
  'quota.title': 'Limits of this workspace',
  'quota.intro': 'How much of each limit this workspace uses. {product} sets the limits.',
  'quota.users': 'Users from the identity provider',
  'quota.groups': 'Groups from the identity provider',
  'quota.members': 'Members',
  'quota.logMegabytesToday': 'Provisioning log today',
  'quota.of': '{used, number} of {max, number}',
  'quota.ofMegabytes': '{used, number} of {max, number} MB',
  'quota.nearTitle':
    '{count, plural, one {A limit of this workspace is almost reached} other {# limits of this workspace are almost reached}}',
  'quota.reachedTitle':
    '{count, plural, one {A limit of this workspace is reached} other {# limits of this workspace are reached}}',
  'quota.near': 'Almost reached',
  'quota.reached': 'Reached',
  'quota.look': 'See the limits',
  'quota.effect.users':
    'Beyond this limit, new people from your identity provider are refused. Everyone already here stays.',
  'quota.effect.groups':
    'Beyond this limit, new groups from your identity provider are refused. Groups already here stay.',
  'quota.effect.members':
    'Beyond this limit, members cannot be added manually or imported. Synchronization continues.',
  'quota.effect.logMegabytesToday':
    'Beyond this limit, requests are logged without their content until midnight (UTC).',
  'seats.of':
    '{used, plural, one {# of {limit, number} seats is taken} other {# of {limit, number} seats are taken}}',
  'seats.share':
    '{taking, plural, one {# of {all, number} people gets a seat} other {# of {all, number} people get a seat}}; {waiting, plural, one {# has to wait} other {# have to wait}}',
  'seats.waitNow':
    '{count, plural, one {# person is waiting for a seat} other {# people are waiting for a seat}}',
  'seats.full': 'All seats are taken',
  'seats.nearlyFull': 'Almost all seats are taken',
  'seats.fullText':
    '{used, plural, one {# of {limit, number} seats is taken} other {# of {limit, number} seats are taken}}. New people without a seat are held until one becomes free.',
  'roles.heldNow':
    '{count, plural, one {# person is held because of a role.} other {# people are held because of their roles.}}',
  'roles.beside':
    '{count, plural, one {The role of # person has to wait} other {The roles of # people have to wait}}; everything else is carried out.',
  'seats.advice':
    '{used, plural, one {# of {limit, number} seats is taken} other {# of {limit, number} seats are taken}}. {by, select, itself {A seat that becomes free goes to the next in line automatically.} other {A seat that becomes free goes to the next in line when you synchronize.}} To free seats, deactivate members (in your identity provider if it manages them), or buy more.',
};
