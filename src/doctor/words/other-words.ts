import type { FindingCode } from '../rules/rule.ts';
import { type FindingWords, say, step } from './words.ts';

/** The words for what was refused or left out, and for what the groups show. */
export const otherWords = {
  'refused-again': {
    title: say('{name} is refused again and again', '{name} wird immer wieder abgelehnt'),
    text: say(
      'This happened {count, number} times{others, plural, =0 {} one {, and to one more as well} other {, and to # more as well}}. The answer was: {detail}',
      'Das geschah {count, number}-mal{others, plural, =0 {} one {, ebenso bei einem weiteren Eintrag} other {, ebenso bei # weiteren}}. Die Antwort war: {detail}',
    ),
    fix: {
      entra: [
        say(
          'Correct in Entra what the answer names. If two accounts share a name, decide which one to keep and unassign the other.',
          'Korrigieren Sie in Entra, was die Antwort nennt. Haben zwei Konten denselben Namen, entscheiden Sie, welches bleiben soll, und heben Sie die Zuweisung des anderen auf.',
        ),
        say(
          'Then choose Provisioning → Provision on demand for that person, to see immediately whether it works.',
          'Wählen Sie dann für diese Person Bereitstellung → Bei Bedarf bereitstellen (Provisioning → Provision on demand), um sofort zu sehen, ob es klappt.',
        ),
      ],
      okta: [
        say('Correct in Okta what the answer names.', 'Korrigieren Sie in Okta, was die Antwort nennt.'),
        say(
          'Okta does not try again by itself: open Dashboard → Tasks and choose Retry Selected.',
          'Okta versucht es nicht von selbst erneut: Öffnen Sie Dashboard → Tasks und wählen Sie Retry Selected.',
        ),
      ],
      other: [
        say(
          'Correct in your identity provider what the answer names, and have the person sent again.',
          'Korrigieren Sie in Ihrem Identitätsanbieter, was die Antwort nennt, und lassen Sie die Person erneut senden.',
        ),
      ],
    },
  },
  'attribute-dropped': {
    title: say('{attribute} cannot be read', '{attribute} ist nicht lesbar'),
    text: say(
      'It was left out for {count, plural, one {one person} other {# people}}{others, plural, =0 {} one {, as was another attribute} other {, as were # other attributes}}; everything else was accepted. The provisioning log says why.',
      'Bei {count, plural, one {einer Person} other {# Personen}} wurde es ausgelassen{others, plural, =0 {} one {, ebenso ein weiteres Attribut} other {, ebenso # weitere Attribute}}; alles Übrige wurde übernommen. Das Bereitstellungsprotokoll nennt den Grund.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'Edit the row that leads to {attribute}, so that it sends what the log asks for. Press OK.',
          'Bearbeiten Sie die Zeile, die zu {attribute} führt, sodass sie sendet, was das Protokoll verlangt. Drücken Sie OK.',
        ),
        step.entraRestart,
      ],
      okta: [
        step.oktaMappings,
        say(
          'Change the mapping that leads to {attribute}, so that it sends what the log asks for.',
          'Ändern Sie die Zuordnung, die zu {attribute} führt, sodass sie sendet, was das Protokoll verlangt.',
        ),
        step.oktaForce,
      ],
      other: [
        step.mappings,
        say(
          'Change the row that leads to {attribute}, so that it sends what the log asks for.',
          'Ändern Sie die Zeile, die zu {attribute} führt, sodass sie sendet, was das Protokoll verlangt.',
        ),
        step.sendAgain,
      ],
    },
  },
  'only-groups': {
    title: say('Only groups arrive, but no people', 'Nur Gruppen kommen an, keine Personen'),
    text: say(
      '{count, plural, one {The group “{name}” has} other {# groups such as “{name}” have}} arrived, but not a single person. Groups alone create no members.',
      '{count, plural, one {Die Gruppe „{name}“ ist} other {# Gruppen wie „{name}“ sind}} angekommen, aber keine einzige Person. Gruppen allein ergeben keine Mitglieder.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'Set Enabled to Yes there, and Save.',
          'Stellen Sie dort Aktiviert (Enabled) auf Ja und speichern Sie.',
        ),
        say(
          'Check that the assigned groups hold people directly: people of groups inside them are not sent.',
          'Prüfen Sie, dass die zugewiesenen Gruppen selbst Personen enthalten: Personen aus Gruppen darin werden nicht gesendet.',
        ),
      ],
      okta: [
        say(
          'Push Groups sends groups only. Open Assignments → Assign → Assign to Groups, and assign the same people.',
          'Push Groups sendet nur Gruppen. Öffnen Sie Assignments → Assign → Assign to Groups und weisen Sie dieselben Personen zu.',
        ),
        say(
          'Check under Provisioning → To App that Create Users is enabled.',
          'Prüfen Sie unter Provisioning → To App, dass Create Users aktiviert ist.',
        ),
      ],
      other: [
        say(
          'Assign people to the app in your identity provider, not only groups.',
          'Weisen Sie der App in Ihrem Identitätsanbieter Personen zu, nicht nur Gruppen.',
        ),
      ],
    },
  },
  'nested-groups': {
    title: say('A group is a member of another one', 'Eine Gruppe ist Mitglied einer anderen'),
    text: say(
      '“{inner}” is a member of “{outer}”{count, plural, one {} other {, one of # nested groups}}. The people in the inner group do not count as members of the outer one.',
      '„{inner}“ ist Mitglied von „{outer}“{count, plural, one {} other {, insgesamt sind # Gruppen verschachtelt}}. Die Personen der inneren Gruppe gelten nicht als Mitglieder der äußeren.',
    ),
    fix: {
      entra: [
        say(
          'Add the people to the outer group themselves, or assign the inner group to the app as well.',
          'Fügen Sie die Personen selbst der äußeren Gruppe hinzu, oder weisen Sie auch die innere Gruppe der App zu.',
        ),
        say(
          'A dynamic group can hold the people of several groups: rule type user.memberOf.',
          'Eine dynamische Gruppe kann die Personen mehrerer Gruppen enthalten: Regel user.memberOf.',
        ),
      ],
      other: [
        say(
          'Add the people to the outer group themselves, or push the inner group as well.',
          'Fügen Sie die Personen selbst der äußeren Gruppe hinzu, oder senden Sie auch die innere Gruppe.',
        ),
      ],
    },
  },
  'empty-groups': {
    title: say('Groups arrive without members', 'Gruppen kommen ohne Mitglieder an'),
    text: say(
      '{count, plural, one {“{name}” has} other {# groups such as “{name}” have}} no members here. Often such a group holds other groups, whose people are not sent, or people who are not assigned.',
      '{count, plural, one {„{name}“ hat} other {# Gruppen wie „{name}“ haben}} hier keine Mitglieder. Oft enthält eine solche Gruppe andere Gruppen, deren Personen nicht gesendet werden, oder Personen, die nicht zugewiesen sind.',
    ),
    fix: {
      entra: [
        say(
          'Check in Entra who is in “{name}”. If it contains groups, assign those to the app: Users and groups → Add user/group.',
          'Sehen Sie in Entra nach, wer in „{name}“ ist. Enthält sie Gruppen, weisen Sie diese der App zu: Benutzer und Gruppen (Users and groups) → Benutzer/Gruppe hinzufügen (Add user/group).',
        ),
      ],
      okta: [
        say(
          'Okta sends only those members of a pushed group who are assigned to the app: assign them under Assignments.',
          'Okta sendet von einer Gruppe nur die Mitglieder, die der App zugewiesen sind: Weisen Sie sie unter Assignments zu.',
        ),
        say(
          'Do not use the same group for assigning and for pushing: Okta then sends it too early.',
          'Verwenden Sie zum Zuweisen und zum Senden nicht dieselbe Gruppe: Okta sendet sie sonst zu früh.',
        ),
      ],
      other: [
        say(
          'Check in your identity provider who is in “{name}”, and whether these people are assigned to the app.',
          'Prüfen Sie in Ihrem Identitätsanbieter, wer in „{name}“ ist und ob diese Personen der App zugewiesen sind.',
        ),
      ],
    },
  },
} as const satisfies Partial<Record<FindingCode, FindingWords>>;
