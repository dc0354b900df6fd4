/** English texts of runs of chosen people, the schedule, the page of a run, and suspended members. */
export const runsEn = {
  'chosen.action': 'Only some people …',
  'chosen.only': 'Synchronize only these …',
  'chosen.title': 'Synchronize only some people',
  'chosen.text':
    'Try it with a few people first. Only the people you choose are synchronized. Everyone else stays as they are and remains in the preview.',
  'chosen.people': 'People',
  'chosen.groups': 'Groups of the directory',
  'chosen.search': 'Search by name, address, user name or object ID',
  'chosen.searchGroups': 'Search groups',
  'chosen.add': 'Add {name}',
  'chosen.addShort': 'Add',
  'chosen.remove': 'Remove {name}',
  'chosen.changedText':
    'Something about the chosen people has changed since you saw the numbers. They are current again: review them, and start once more.',
  'chosen.nobodyFound': 'No one in the directory matches this search.',
  'chosen.picked': 'Chosen: {people, plural, =0 {no one} one {# person} other {# people}}',
  'chosen.groupPeople': '{count, plural, one {# person} other {# people}}',
  'chosen.nobody': 'Choose people or a group to see what would happen.',
  'chosen.nothing': 'Nothing would change for the chosen people.',
  'chosen.counting': 'Counting …',
  'chosen.go': '{count, plural, one {Synchronize # person} other {Synchronize # people}}',
  'chosen.notAutomatic':
    'This does not start automatic synchronization. Until you start it, nothing happens by itself: the people you synchronize now keep access even if they leave your directory, until the next synchronization.',
  'chosen.automaticStays': 'Automatic synchronization stays as it is, and covers everyone.',
  'chosen.automaticPaused': 'Automatic synchronization stays paused.',
  'chosen.groupsNote': 'Groups that the chosen people are in are created. Names of groups stay as they are.',
  'settings.guardToday':
    'As of today, {allowed, plural, one {# deactivation} other {# deactivations}} within 24 hours can be carried out, out of {active, plural, one {# provisioned member} other {# provisioned members}} with access. Further ones are held.',
  'settings.guardNobodyToday':
    '{active, plural, =0 {As of today, the safeguard holds no one: there are no provisioned members with access yet.} one {As of today, the safeguard holds no one: there is only # provisioned member with access.} other {As of today, the safeguard holds no one: there are only # provisioned members with access.}}',
  'schedule.which': 'How often',
  'schedule.daily': 'Once a day',
  'schedule.hours': 'Every few hours',
  'schedule.times.add': 'Add a time',
  'schedule.times.remove': 'Remove {time}',
  'schedule.times.one': 'Time {number}',
  'schedule.everyHours': 'Every',
  'schedule.hoursOption': '{count, plural, one {hour} other {# hours}}',
  'schedule.hint.daily':
    'Starts within the hour that begins at this time. Workspaces are spread over the hour.',
  'schedule.hint.times': 'Starts within a quarter of an hour of each time.',
  'schedule.hint.hours':
    'Counts from midnight in this time zone, and starts within a quarter of an hour of each full hour.',
  'schedule.next': 'Next:',
  'schedule.notOn': 'Takes effect as soon as automatic synchronization is on.',
  'runs.duration': 'Duration',
  'runs.filteredNone': 'No change of this run matches.',
  'runs.filteredNoneText': 'Change the search or the filter.',
  'runs.showKind': 'Show only: {kind}',
  'run.groups.create': '{count, plural, one {# group created} other {# groups created}}',
  'run.groups.rename': '{count, plural, one {# group renamed} other {# groups renamed}}',
  'run.groups.members':
    '{count, plural, one {members of # group changed} other {members of # groups changed}}',
  'run.groups.delete': '{count, plural, one {# group deleted} other {# groups deleted}}',
  'suspend.action': 'Suspend now',
  'suspend.title': 'Suspend {name} now?',
  'suspend.text':
    '{name} loses access within seconds and stays a member. No synchronization and nothing your identity provider sends gives access back: only an admin can lift the suspension here.',
  'suspend.textInactive':
    '{name} has no access now. With a suspension it stays that way even if your identity provider reactivates them, until an admin lifts it here.',
  'suspend.reason': 'Reason (optional)',
  'suspend.reasonHint': 'Other admins see it here and in the audit log.',
  'suspend.done': '{name} is suspended',
  'suspend.badge': 'Suspended',
  'suspend.noticeTitle': '{by} suspended this member',
  'suspend.noticeText':
    'No access until an admin lifts the suspension, whatever your identity provider sends.',
  'suspend.noticeReason': 'Reason: {reason}',
  'suspend.since': 'Since',
  'member.withoutDot': 'There is no dot behind the @. Is the address complete?',
  'suspend.lift': 'Lift suspension',
  'suspend.liftTitle': 'Lift the suspension of {name}?',
  'suspend.liftText.active': '{name} gets access again immediately.',
  'suspend.liftText.held':
    '{name} stays without access for now: the safeguard holds their deactivation until you decide.',
  'suspend.liftText.inactive':
    '{name} stays without access for now, because they are deactivated. If your identity provider reactivates them, they get access again.',
  'suspend.lifted': 'The suspension of {name} is lifted',
  'member.access.byAdmin': 'by {by}',
  'member.statusOwned':
    'Your identity provider manages the status. In an emergency, suspend this member here.',
  'adminAction.member.suspended': 'Suspended',
  'adminAction.member.suspension-lifted': 'Suspension lifted',
  'adminAction.reason': 'Reason: {reason}',
};
