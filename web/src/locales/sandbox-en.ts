/** English texts of the sandbox. */
export const sandboxEn = {
  'sandbox.title': 'Try it without an identity provider',
  'sandbox.intro':
    'This workspace is a sandbox. A simulated identity provider sends a fictional company over SCIM, just as a real one would. Watch people arrive, look at each request in the log, then synchronize.',
  'sandbox.provider': 'Identity provider',
  'sandbox.entra': 'Microsoft Entra ID',
  'sandbox.entraHint': 'Looks everyone up by object ID, then sends managers, groups and members.',
  'sandbox.okta': 'Okta',
  'sandbox.oktaHint': 'Looks everyone up by user name, sends whole profiles and pushes groups.',
  'sandbox.people': 'Number of people',
  'sandbox.peopleHint': 'At most {max, number}',
  'sandbox.peopleWrong': 'A whole number from 1 to {max, number}',
  'sandbox.start': 'Start the simulation',
  'sandbox.token':
    'The simulation uses its own API token. You can see it under API tokens; it is revoked when the simulation ends.',
  'sandbox.running': '{provider} is being simulated',
  'sandbox.starting': 'Testing the connection …',
  'sandbox.phase.users': 'People: {done, number} of {total, number}',
  'sandbox.phase.disabled users': 'People on leave: {done, number} of {total, number}',
  'sandbox.phase.managers': 'Managers: {done, number} of {total, number}',
  'sandbox.phase.groups': 'Groups: {done, number} of {total, number}',
  'sandbox.phase.members': 'Members of groups: {done, number} of {total, number}',
  'sandbox.nextDay': 'Simulate the next day',
  'sandbox.nextDayHint':
    'Each day, some people join, leave, move to another department or change their name.',
  'sandbox.runningDay': '{provider} is being simulated: day {day, number}',
  'sandbox.succeededDay': 'Day {day, number} of the simulated company has arrived',
  'sandbox.succeededDayText': 'Look at what it would change, and synchronize.',
  'sandbox.stop': 'Stop',
  'sandbox.succeeded': 'The simulated company has arrived',
  'sandbox.succeededText': 'Look at what would change, and synchronize.',
  'sandbox.nothingPending': 'All of it is synchronized.',
  'sandbox.stopped': 'The simulation was stopped',
  'sandbox.stoppedText': 'What had arrived stays. Start again to continue from there.',
  'sandbox.stoppedDayText':
    'What had arrived stays. Simulate the next day to send what is missing of day {day, number}.',
  'sandbox.failed': 'The simulation could not continue',
  'sandbox.failedText': 'It ended unexpectedly. Start it again.',
  'sandbox.failedDayText':
    'It ended unexpectedly. Simulate the next day to send what is missing of day {day, number}.',
  'sandbox.refused':
    '{count, plural, one {# person or group was refused; the provisioning log says why.} other {# people or groups were refused; the provisioning log says why.}}',
  'sandbox.review': 'See what would change',
  'sandbox.again': 'Start again',
};
