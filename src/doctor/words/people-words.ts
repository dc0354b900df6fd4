import type { FindingCode } from '../rules/rule.ts';
import { type FindingWords, say, step } from './words.ts';

const deactivateUsers = say(
  'Open Applications → your app → Provisioning → To App → Edit, enable Deactivate Users, then Save.',
  'Öffnen Sie Applications → Ihre App → Provisioning → To App → Edit, aktivieren Sie Deactivate Users, dann Save.',
);

/** The words for what becomes of people: managers, guests, leavers. */
export const peopleWords = {
  'active-never-sent': {
    title: say(
      'Leavers are not reported: active is never sent',
      'Austritte werden nicht gemeldet: active wird nie gesendet',
    ),
    text: say(
      '{count, plural, one {The last person came without the attribute active.} other {None of the last # people came with the attribute active.}} Anyone blocked or unassigned there is not reported as inactive and keeps access here.',
      '{count, plural, one {Die letzte Person kam ohne das Attribut active an.} other {Keine der letzten # Personen kam mit dem Attribut active an.}} Wer dort gesperrt oder nicht mehr zugewiesen ist, wird nicht als inaktiv gemeldet und behält hier den Zugang.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'Add a mapping: Mapping type Expression, Switch([IsSoftDeleted], , "False", "True", "True", "False"), Target attribute active. Press OK. Do not use accountEnabled: it does not react to unassigning.',
          'Fügen Sie eine Zuordnung hinzu: Zuordnungstyp Ausdruck (Mapping type Expression), Switch([IsSoftDeleted], , "False", "True", "True", "False"), Zielattribut (Target attribute) active. Drücken Sie OK. Nehmen Sie nicht accountEnabled: Es reagiert nicht auf aufgehobene Zuweisungen.',
        ),
        step.entraRestart,
      ],
      okta: [deactivateUsers],
      onelogin: [
        say(
          'Open the app → Configuration and add "active": "\'{\'$user.active\'}\'" to the SCIM JSON Template, then Save.',
          'Öffnen Sie die App → Configuration und ergänzen Sie im SCIM JSON Template "active": "\'{\'$user.active\'}\'", dann Save.',
        ),
      ],
      other: [
        step.mappings,
        say(
          'Send active: true for people who may sign in, false for people who left.',
          'Senden Sie active: true für alle, die sich anmelden dürfen, false für alle, die ausgeschieden sind.',
        ),
        step.sendAgain,
      ],
    },
  },
  'managers-unknown': {
    title: say('Managers cannot be recognized', 'Führungskräfte sind nicht zu erkennen'),
    text: say(
      '{count, number} of {of, number} people {count, plural, one {has} other {have}} a manager who is unknown here: {name} reports to “{value}”. A manager must be named by the ID that this service gave, or by externalId, and must be sent as well.',
      '{count, number} von {of, number} Personen {count, plural, one {hat} other {haben}} eine Führungskraft, die hier unbekannt ist: {name} berichtet an „{value}“. Führungskräfte müssen mit der ID dieses Dienstes oder mit ihrer externalId genannt und selbst auch gesendet werden.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'The row of manager must be of type Direct with Source attribute manager: Entra then sends the right id.',
          'Die Zeile von manager muss vom Typ Direkt (Direct) sein, mit Quellattribut (Source attribute) manager: Entra sendet dann die richtige ID.',
        ),
        say(
          'Assign the managers to the app as well: Users and groups → Add user/group.',
          'Weisen Sie auch die Führungskräfte der App zu: Benutzer und Gruppen (Users and groups) → Benutzer/Gruppe hinzufügen (Add user/group).',
        ),
      ],
      okta: [
        step.oktaMappings,
        say(
          'Send the externalId of the manager as managerValue, not the name in user.manager: for instance getManagerUser("active_directory").externalId.',
          'Senden Sie als managerValue die externalId der Führungskraft, nicht den Namen aus user.manager: zum Beispiel getManagerUser("active_directory").externalId.',
        ),
        step.oktaForce,
      ],
      other: [
        step.mappings,
        say(
          'Send the manager’s externalId, or the ID that this service gave, as manager.value.',
          'Senden Sie als manager.value die externalId der Führungskraft oder deren ID in diesem Dienst.',
        ),
      ],
    },
  },
  'managers-never-sent': {
    title: say('Managers do not arrive', 'Führungskräfte kommen nicht an'),
    text: say(
      'None of {users, number} people has a manager. Without managers, there are neither direct reports nor approvals by managers here.',
      'Keine von {users, number} Personen hat eine Führungskraft. Ohne Führungskräfte gibt es hier weder direkt unterstellte Mitarbeitende noch Freigaben durch sie.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'Add a mapping of type Direct from manager to urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager. Press OK.',
          'Fügen Sie eine Zuordnung vom Typ Direkt (Direct) von manager zu urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager hinzu. Drücken Sie OK.',
        ),
        step.entraRestart,
      ],
      okta: [
        step.oktaMappings,
        say(
          'Map managerValue to the externalId of the manager.',
          'Ordnen Sie managerValue die externalId der Führungskraft zu.',
        ),
        step.oktaForce,
      ],
      other: [
        step.mappings,
        say(
          'Send manager of the enterprise extension, if you need it.',
          'Senden Sie manager der Enterprise-Erweiterung, falls Sie es brauchen.',
        ),
      ],
    },
  },
  'deleted-at-once': {
    title: say('People are deleted, not deactivated', 'Personen werden gelöscht statt deaktiviert'),
    text: say(
      '{count, plural, one {One person was} other {# people were}} deleted without having been deactivated first. Your identity provider cannot bring a deleted person back as the same person.',
      '{count, plural, one {Eine Person wurde} other {# Personen wurden}} gelöscht, ohne vorher deaktiviert worden zu sein. Wer gelöscht ist, den kann Ihr Identitätsanbieter nicht als dieselbe Person zurückbringen.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'Check that the expression Switch([IsSoftDeleted], , "False", "True", "True", "False") leads to active: without it Entra deletes instead of disabling.',
          'Prüfen Sie, dass der Ausdruck Switch([IsSoftDeleted], , "False", "True", "True", "False") zu active führt: Ohne ihn löscht Entra, statt zu deaktivieren.',
        ),
        step.entraRestart,
      ],
      okta: [deactivateUsers],
      onelogin: [
        say(
          'Open the app → Provisioning and set When users are deleted in OneLogin to Suspend.',
          'Öffnen Sie die App → Provisioning und stellen Sie When users are deleted in OneLogin auf Suspend.',
        ),
      ],
      ping: [
        say(
          'Open the connection in PingOne and set the deprovisioning action to Disable.',
          'Öffnen Sie die Verbindung in PingOne und stellen Sie die Deprovisioning-Aktion auf Disable.',
        ),
      ],
      other: [
        say(
          'Set up your identity provider so that people who leave are suspended, not deleted.',
          'Stellen Sie in Ihrem Identitätsanbieter ein, dass ausscheidende Personen gesperrt und nicht gelöscht werden.',
        ),
      ],
    },
  },
  'guests-sent': {
    title: say('Guests are sent as well', 'Auch Gäste werden gesendet'),
    text: say(
      '{count, plural, one {One of {of, number} people is a guest} other {# of {of, number} people are guests}} of your Entra tenant, such as {name}. Their user names ({value}) are not e-mail addresses.',
      '{count, plural, one {Eine von {of, number} Personen ist Gast} other {# von {of, number} Personen sind Gäste}} Ihres Entra-Mandanten, etwa {name}. Ihre Benutzernamen ({value}) sind keine E-Mail-Adressen.',
    ),
    fix: {
      other: [
        step.entraUsersMapping,
        say(
          'To leave guests out: Source Object Scope → Add scoping filter, userType EQUALS Member. Save.',
          'Sollen keine Gäste kommen: Quellobjektbereich (Source Object Scope) → Bereichsfilter hinzufügen (Add scoping filter), userType EQUALS Member. Speichern Sie.',
        ),
        say(
          'To include guests: send mail, or originalUserPrincipalName, as userName.',
          'Sollen sie kommen: Senden Sie mail oder originalUserPrincipalName als userName.',
        ),
      ],
    },
  },
  'nobody-ever-left': {
    title: say('No one has ever left', 'Noch nie ist jemand ausgeschieden'),
    text: say(
      'In {days} days, none of the people who came first was deactivated or deleted, in a company of {users, number}. Perhaps people who leave are not reported.',
      'In {days} Tagen wurde von den Personen, die zuerst kamen, niemand deaktiviert oder gelöscht, bei insgesamt {users, number}. Vielleicht werden Austritte nicht gemeldet.',
    ),
    fix: {
      entra: [
        step.entraProvisioning,
        say(
          'Check that the mapping of active exists and that skipping of out-of-scope deletions (SkipOutOfScopeDeletions) is off.',
          'Prüfen Sie, dass active zugeordnet ist und dass Löschungen außerhalb des Bereichs nicht übersprungen werden (SkipOutOfScopeDeletions aus).',
        ),
        say(
          'Try it: block a test person and choose Provision on demand.',
          'Probieren Sie es aus: Sperren Sie eine Testperson und wählen Sie Bei Bedarf bereitstellen (Provision on demand).',
        ),
      ],
      okta: [deactivateUsers],
      other: [
        say(
          'Try it: deactivate a test person in your identity provider and check whether that arrives in the provisioning log.',
          'Probieren Sie es aus: Deaktivieren Sie eine Testperson in Ihrem Identitätsanbieter und sehen Sie im Bereitstellungsprotokoll nach, ob es ankommt.',
        ),
      ],
    },
  },
} as const satisfies Partial<Record<FindingCode, FindingWords>>;
