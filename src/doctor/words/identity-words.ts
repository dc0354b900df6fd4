import type { FindingCode } from '../rules/rule.ts';
import { type FindingWords, say, step } from './words.ts';

const externalIdFromObjectId = say(
  'Edit the row of externalId: set Source attribute to objectId, Match objects using this attribute to Yes and Matching precedence to 1. Press OK.',
  'Bearbeiten Sie die Zeile von externalId: Quellattribut (Source attribute) objectId, Objekte mit diesem Attribut abgleichen (Match objects using this attribute) Ja, Rangfolge (Matching precedence) 1. Drücken Sie OK.',
);

const stableExternalId = {
  entra: [step.entraUsersMapping, externalIdFromObjectId, step.entraRestart],
  okta: [
    step.oktaMappings,
    say(
      'Send user.getInternalProperty("id") as externalId: the id of the Okta user never changes.',
      'Senden Sie user.getInternalProperty("id") als externalId: Die ID der Person in Okta ändert sich nie.',
    ),
    step.oktaForce,
  ],
  other: [
    step.mappings,
    say(
      'Send an id that never changes as externalId: an object id, not a name and not an address.',
      'Senden Sie als externalId eine ID, die sich nie ändert: eine Objekt-ID, keinen Namen und keine Adresse.',
    ),
    step.sendAgain,
  ],
};

const soleMapping = (en: string, de: string) => ({
  entra: [step.entraUsersMapping, say(en, de), step.entraRestart],
});

/** The words for how people are named and recognized. */
export const identityWords = {
  'external-id-mail-nickname': {
    title: say('externalId is the mail nickname', 'externalId ist der E-Mail-Alias'),
    text: say(
      '{count, number} of the last {of, number} people came with their mail nickname as externalId: {name} with “{value}”. A mail nickname changes when people change their name, and can be given to someone else: then one person is mistaken for another here.',
      '{count, plural, one {# der letzten {of, number} Personen kam} other {# der letzten {of, number} Personen kamen}} mit ihrem E-Mail-Alias als externalId an: {name} mit „{value}“. Ein E-Mail-Alias ändert sich mit dem Namen und kann neu vergeben werden: Dann wird hier eine Person mit einer anderen verwechselt.',
    ),
    fix: stableExternalId,
  },
  'external-id-is-address': {
    title: say('externalId is an address', 'externalId ist eine Adresse'),
    text: say(
      '{count, number} of the last {of, number} people came with an address as externalId: {name} with “{value}”. Addresses change with the name of the person or the company: then the person is taken for someone new.',
      '{count, plural, one {# der letzten {of, number} Personen kam} other {# der letzten {of, number} Personen kamen}} mit einer Adresse als externalId an: {name} mit „{value}“. Adressen ändern sich mit dem Namen der Person oder der Firma: Dann wird die Person für eine neue gehalten.',
    ),
    fix: stableExternalId,
  },
  'external-id-missing': {
    title: say('No one has an externalId', 'Niemand hat eine externalId'),
    text: say(
      'None of the last {count, number} people came with an externalId. They are recognized by userName alone: anyone who is renamed while the connection is down is taken for someone new.',
      'Keine der letzten {count, number} Personen kam mit externalId an. Sie werden allein am userName erkannt: Wer umbenannt wird, während die Verbindung ruht, wird für eine neue Person gehalten.',
    ),
    fix: stableExternalId,
  },
  'user-name-is-id': {
    title: say('userName is an id', 'userName ist eine ID'),
    text: say(
      '{count, number} of the last {of, number} people came with an id as userName: {name} with “{value}”. People sign in by a name they know; ids belong in externalId.',
      '{count, plural, one {# der letzten {of, number} Personen kam} other {# der letzten {of, number} Personen kamen}} mit einer ID als userName an: {name} mit „{value}“. Menschen melden sich mit einem Namen an, den sie kennen; IDs gehören in externalId.',
    ),
    fix: {
      ...soleMapping(
        'Edit the row of userName: set Source attribute to userPrincipalName. Press OK.',
        'Bearbeiten Sie die Zeile von userName: Quellattribut (Source attribute) userPrincipalName. Drücken Sie OK.',
      ),
      other: [
        step.mappings,
        say(
          'Send the sign-in name as userName, and the id as externalId.',
          'Senden Sie den Anmeldenamen als userName und die ID als externalId.',
        ),
        step.sendAgain,
      ],
    },
  },
  'user-name-onmicrosoft': {
    title: say('User names end in onmicrosoft.com', 'Benutzernamen enden auf onmicrosoft.com'),
    text: say(
      '{count, number} of the last {of, number} people came with such a user name: {name} as {value}. People rarely sign in with such addresses or read mail sent to them.',
      '{count, plural, one {# der letzten {of, number} Personen kam} other {# der letzten {of, number} Personen kamen}} mit einem solchen Benutzernamen an: {name} als {value}. Mit solchen Adressen meldet sich selten jemand an, und selten liest jemand dort E-Mails.',
    ),
    fix: {
      entra: [
        say(
          'In the Microsoft Entra admin center give these people a user principal name of your own domain (Users → the person → Edit properties), or unassign those that are accounts for administration only.',
          'Geben Sie diesen Personen im Microsoft Entra Admin Center einen Benutzerprinzipalnamen Ihrer eigenen Domäne (Benutzer → die Person → Eigenschaften bearbeiten), oder heben Sie die Zuweisung reiner Verwaltungskonten auf.',
        ),
        say(
          'If only mail holds the right address: Attribute mapping → Users, edit the row of userName, Source attribute mail.',
          'Stimmt die Adresse nur in mail: Attributzuordnung → Benutzer (Attribute mapping → Users), Zeile userName, Quellattribut (Source attribute) mail.',
        ),
      ],
      other: [
        step.mappings,
        say(
          'Send the address that people sign in with as userName.',
          'Senden Sie als userName die Adresse, mit der sich die Personen anmelden.',
        ),
      ],
    },
  },
  'email-not-an-email': {
    title: say('E-mail addresses are not valid', 'E-Mail-Adressen sind ungültig'),
    text: say(
      '{count, number} of the last {of, number} people came with a value that is not an e-mail address: {name} with “{value}”. It cannot become the address of a member.',
      '{count, plural, one {# der letzten {of, number} Personen kam} other {# der letzten {of, number} Personen kamen}} mit einem Wert an, der keine E-Mail-Adresse ist: {name} mit „{value}“. Er kann nicht die Adresse eines Mitglieds werden.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'Edit the row of emails[type eq "work"].value: set Source attribute to mail. Press OK.',
          'Bearbeiten Sie die Zeile von emails[type eq "work"].value: Quellattribut (Source attribute) mail. Drücken Sie OK.',
        ),
        step.entraRestart,
      ],
      okta: [
        step.oktaMappings,
        say('Send user.email as email.', 'Senden Sie user.email als email.'),
        step.oktaForce,
      ],
      other: [
        step.mappings,
        say(
          'Send the mail address of each person in emails.',
          'Senden Sie in emails die E-Mail-Adresse jeder Person.',
        ),
        step.sendAgain,
      ],
    },
  },
  'email-missing': {
    title: say('E-mail addresses are missing', 'E-Mail-Adressen fehlen'),
    text: say(
      '{count, number} of the last {of, number} people came without an e-mail address, and their userName (“{value}”) is not one either. They cannot become members.',
      '{count, plural, one {# der letzten {of, number} Personen kam} other {# der letzten {of, number} Personen kamen}} ohne E-Mail-Adresse an, und auch der userName („{value}“) ist keine. {count, plural, one {Diese Person kann kein Mitglied} other {Diese Personen können keine Mitglieder}} werden.',
    ),
    fix: {
      ...soleMapping(
        'Add a mapping from mail to emails[type eq "work"].value, or from userPrincipalName where people have no mailbox. Press OK.',
        'Fügen Sie eine Zuordnung von mail zu emails[type eq "work"].value hinzu, oder von userPrincipalName, wo es kein Postfach gibt. Drücken Sie OK.',
      ),
      other: [
        step.mappings,
        say(
          'Send the mail address of each person in emails.',
          'Senden Sie in emails die E-Mail-Adresse jeder Person.',
        ),
        step.sendAgain,
      ],
    },
  },
  'names-missing': {
    title: say('People arrive without names', 'Personen kommen ohne Namen an'),
    text: say(
      '{count, number} of the last {of, number} people, such as {value}, have neither a display name nor first and last name.',
      '{count, number} der letzten {of, number} Personen, etwa {value}, haben weder Anzeigenamen noch Vor- und Nachnamen.',
    ),
    fix: {
      ...soleMapping(
        'Add mappings: givenName to name.givenName, surname to name.familyName, displayName to displayName. Press OK each time.',
        'Fügen Sie Zuordnungen hinzu: givenName zu name.givenName, surname zu name.familyName, displayName zu displayName. Drücken Sie jeweils OK.',
      ),
      other: [
        step.mappings,
        say(
          'Send name.givenName, name.familyName and displayName.',
          'Senden Sie name.givenName, name.familyName und displayName.',
        ),
        step.sendAgain,
      ],
    },
  },
} as const satisfies Partial<Record<FindingCode, FindingWords>>;
