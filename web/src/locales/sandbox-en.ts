/** English texts of the sandbox. */
export const sandboxEn = {
  'sandbox.title': 'Try it without an identity provider',
  'sandbox.intro':
    'This workspace is a sandbox. A simulated identity provider sends an invented company over SCIM, just as the real one would: watch people arrive, look at each request in the log, then synchronize them.',
  'sandbox.provider': 'Identity provider',
  'sandbox.entra': 'Microsoft Entra ID',
  'sandbox.entraHint': 'Looks everybody up by object id, then sends managers, groups and members.',
  'sandbox.okta': 'Okta',
  'sandbox.oktaHint': 'Looks everybody up by user name, sends whole profiles and pushes groups.',
  'sandbox.people': 'Number of people',
  'sandbox.peopleHint': 'At most {{max, number}}',
  'sandbox.peopleWrong': 'A whole number from 1 to {{max, number}}',
  'sandbox.start': 'Start the simulation',
  'sandbox.token':
    'It uses an API token of its own, which you see under API tokens and which is revoked at the end.',
  'sandbox.running': '{{provider}} is being simulated',
  'sandbox.starting': 'Testing the connection …',
  'sandbox.phase.users': 'People: {{done, number}} of {{total, number}}',
  'sandbox.phase.disabled users': 'People on leave: {{done, number}} of {{total, number}}',
  'sandbox.phase.managers': 'Managers: {{done, number}} of {{total, number}}',
  'sandbox.phase.groups': 'Groups: {{done, number}} of {{total, number}}',
  'sandbox.phase.members': 'Members of groups: {{done, number}} of {{total, number}}',
  'sandbox.nextDay': 'Let the next day come',
  'sandbox.nextDayHint':
    'The company lives on: each day some people join, leave, move to another department or get another name.',
  'sandbox.runningDay': '{{provider}} is being simulated: day {{day, number}}',
  'sandbox.succeededDay': 'Day {{day, number}} of the simulated company has arrived',
  'sandbox.succeededDayText':
    'Look at what it would change, and synchronize; otherwise it happens by itself at night.',
  'sandbox.stop': 'Stop',
  'sandbox.succeeded': 'The simulated company has arrived',
  'sandbox.succeededText':
    'Look at what would change, and synchronize; otherwise it happens by itself at night.',
  'sandbox.stopped': 'The simulation was stopped',
  'sandbox.stoppedText': 'What had arrived by then stays. Start again, and it goes on where it was.',
  'sandbox.failed': 'The simulation could not go on',
  'sandbox.failedText': 'It ended unexpectedly. Start it again.',
  'sandbox.refused_one': '{{count, number}} person or group was refused; the provisioning log says why.',
  'sandbox.refused_other': '{{count, number}} people or groups were refused; the provisioning log says why.',
  'sandbox.review': 'See what would change',
  'sandbox.again': 'Once more',
};
