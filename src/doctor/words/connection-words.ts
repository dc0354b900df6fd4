import type { FindingCode } from '../rules/rule.ts';
import type { Sentence } from '../../errors/sentence.ts';
import { type FindingWords, say, step } from './words.ts';

const pasteNewToken = {
  entra: [step.newToken, step.entraToken],
  okta: [step.newToken, step.oktaToken],
  other: [step.newToken, step.pasteToken],
};

/** What is done with an API token, or, of an OAuth client (`credential`), with that. */
function byCredential(token: Sentence, client: Sentence): Sentence {
  const either = (language: 'en' | 'de') =>
    `{credential, select, client {${client[language]}} other {${token[language]}}}`;
  return say(either('en'), either('de'));
}

const newCredential = byCredential(step.newToken, step.newClient);
const pasteNewCredential = {
  entra: [newCredential, byCredential(step.entraToken, step.pasteClient)],
  okta: [newCredential, byCredential(step.oktaToken, step.pasteClient)],
  other: [newCredential, byCredential(step.pasteToken, step.pasteClient)],
};

/** The words for what the credentials and the course of the requests show. */
export const connectionWords = {
  'token-cut': {
    title: say('The API token was not copied whole', 'Das API-Token wurde nicht vollständig kopiert'),
    text: say(
      'A token arrived that begins like “{tokenName}” ({tokenPrefix}…{lastFour}) and has {lengthChars} characters; it was refused {count, plural, one {once} other {# times}}. A whole token has 53 characters.',
      'Es kam ein Token an, das wie „{tokenName}“ ({tokenPrefix}…{lastFour}) beginnt und {lengthChars} Zeichen hat; es wurde {count, plural, one {einmal} other {#-mal}} abgelehnt. Ein vollständiges Token hat 53 Zeichen.',
    ),
    fix: pasteNewToken,
  },
  'token-not-alone': {
    title: say(
      'The API token comes with extra characters',
      'Das API-Token kommt mit zusätzlichen Zeichen an',
    ),
    text: say(
      'Your token “{tokenName}” ({tokenPrefix}…{lastFour}) came with something around it, such as a second “Bearer”, quotation marks or spaces; it was refused {count, plural, one {once} other {# times}}.',
      'Um Ihr Token „{tokenName}“ ({tokenPrefix}…{lastFour}) herum stand noch etwas, etwa ein zweites „Bearer“, Anführungszeichen oder Leerzeichen; es wurde {count, plural, one {einmal} other {#-mal}} abgelehnt.',
    ),
    fix: {
      entra: [
        step.entraToken,
        say(
          'Paste only the token: Entra adds “Bearer” itself.',
          'Fügen Sie nur das Token ein: Entra stellt „Bearer“ selbst voran.',
        ),
      ],
      okta: [
        step.oktaToken,
        say(
          'In the test app with header authentication, write “Bearer”, a space and the token; in an integration of your own, paste only the token.',
          'Schreiben Sie in der Test-App mit Header-Authentifizierung „Bearer“, ein Leerzeichen und das Token; in einer eigenen Integration nur das Token.',
        ),
      ],
      other: [
        step.pasteToken,
        say(
          'Paste only the token, without “Bearer”, quotation marks or spaces.',
          'Fügen Sie nur das Token ein, ohne „Bearer“, Anführungszeichen oder Leerzeichen.',
        ),
      ],
    },
  },
  'token-revoked': {
    title: byCredential(
      say('A revoked API token is still being used', 'Ein widerrufenes API-Token wird noch verwendet'),
      say('A revoked OAuth client is still being used', 'Ein widerrufener OAuth-Client wird noch verwendet'),
    ),
    text: say(
      'The {credential, select, client {OAuth client} other {token}} “{tokenName}” ({tokenPrefix}…{lastFour}) was revoked and has been used {count, plural, one {once} other {# times}} since. Nothing sent with it was accepted.',
      '{credential, select, client {Der OAuth-Client} other {Das Token}} „{tokenName}“ ({tokenPrefix}…{lastFour}) ist widerrufen und wurde seither {count, plural, one {einmal} other {#-mal}} verwendet. Nichts, was damit gesendet wurde, wurde angenommen.',
    ),
    fix: pasteNewCredential,
  },
  'token-expired': {
    title: say('An expired API token is still being used', 'Ein abgelaufenes API-Token wird noch verwendet'),
    text: say(
      'The token “{tokenName}” ({tokenPrefix}…{lastFour}) has expired and has been used {count, plural, one {once} other {# times}} since. Nothing sent with it was accepted.',
      'Das Token „{tokenName}“ ({tokenPrefix}…{lastFour}) ist abgelaufen und wurde seither {count, plural, one {einmal} other {#-mal}} verwendet. Nichts, was damit gesendet wurde, wurde angenommen.',
    ),
    fix: pasteNewToken,
  },
  quarantine: {
    title: say(
      'Your identity provider has given up for now',
      'Ihr Identitätsanbieter hat vorerst aufgegeben',
    ),
    text: say(
      'It has sent nothing since requests were refused ({refused} of the last {requests}). Microsoft Entra ID puts such a job into quarantine: it tries once a day, and gives up after four weeks.',
      'Er sendet nichts mehr, seit Anfragen abgelehnt wurden ({refused} der letzten {requests}). Microsoft Entra ID stellt einen solchen Auftrag unter Quarantäne: Es versucht es nur noch einmal täglich und gibt nach vier Wochen ganz auf.',
    ),
    fix: {
      entra: [
        step.entraProvisioning,
        say(
          'Read on the Overview why the job is in quarantine, and fix that first; this page names what was refused.',
          'Lesen Sie in der Übersicht (Overview), warum der Auftrag unter Quarantäne steht, und beheben Sie das zuerst; diese Seite nennt, was abgelehnt wurde.',
        ),
        say(
          'Then choose Restart provisioning: that ends the quarantine.',
          'Wählen Sie dann Bereitstellung neu starten (Restart provisioning): Das beendet die Quarantäne.',
        ),
      ],
      other: [
        say(
          'Read in the provisioning log what was refused, and fix that first.',
          'Lesen Sie im Bereitstellungsprotokoll, was abgelehnt wurde, und beheben Sie das zuerst.',
        ),
        say(
          'Then start provisioning again in your identity provider.',
          'Starten Sie dann die Bereitstellung in Ihrem Identitätsanbieter erneut.',
        ),
      ],
    },
  },
  'stopped-sending': {
    title: say('Microsoft Entra ID has stopped sending', 'Microsoft Entra ID sendet nicht mehr'),
    text: say(
      'Nothing has arrived for {hours, plural, one {# hour} other {# hours}}, although Entra usually sends something about every 40 minutes. New people do not arrive, and people who leave keep access.',
      'Seit {hours, plural, one {# Stunde} other {# Stunden}} kam nichts, obwohl sich Entra sonst etwa alle 40 Minuten meldet. Neue Personen kommen nicht an, und wer ausscheidet, behält den Zugang.',
    ),
    fix: {
      other: [
        step.entraProvisioning,
        say(
          'Look at the Overview: if provisioning is paused, choose Start provisioning; if accidental deletions prevention has stopped it, allow or reject the deletions.',
          'Sehen Sie in der Übersicht (Overview) nach: Ist die Bereitstellung angehalten, wählen Sie Bereitstellung starten (Start provisioning); hat der Schutz vor versehentlichem Löschen (Accidental deletions prevention) sie angehalten, erlauben Sie die Löschungen oder lehnen Sie sie ab.',
        ),
      ],
    },
  },
  'two-identity-providers': {
    title: say('Two identity providers use one token', 'Zwei Identitätsanbieter verwenden ein Token'),
    text: say(
      '{first} and {second} both write with the same API token. Each may undo what the other does, and the token does not show which of them it was.',
      '{first} und {second} schreiben beide mit demselben API-Token. Jeder kann rückgängig machen, was der andere tut, und am Token ist nicht zu erkennen, wer von beiden es war.',
    ),
    fix: {
      other: [
        say(
          'Decide which of them should provision people here, and stop provisioning in the other one.',
          'Entscheiden Sie, welcher von beiden hier Personen bereitstellen soll, und beenden Sie die Bereitstellung im anderen.',
        ),
        say(
          'If both are intended, for example while you move from one to the other, create a separate token for each under API tokens.',
          'Sind beide gewollt, etwa während eines Umzugs, erstellen Sie unter „API-Tokens“ für jeden ein eigenes Token.',
        ),
      ],
    },
  },
  'filter-never-matches': {
    title: say('Your identity provider finds no one here', 'Ihr Identitätsanbieter findet hier niemanden'),
    text: say(
      'It looks people up by {attribute} and found no one in {count, number} attempts; then it tries to create them and is refused ({clashes, plural, one {once} other {# times}}), because they already exist here. These people are not kept up to date.',
      'Er sucht Personen über {attribute} und hat in {count, number} Versuchen niemanden gefunden; dann versucht er, sie anzulegen, und wird abgewiesen ({clashes, plural, one {einmal} other {#-mal}}), weil es sie hier schon gibt. Diese Personen werden nicht aktuell gehalten.',
    ),
    fix: {
      entra: [
        step.entraUsersMapping,
        say(
          'Of the rows whose Match objects using this attribute is Yes, keep the one that both sides fill: externalId from objectId; for people who were sent before that, add userName with matching precedence 2.',
          'Behalten Sie von den Zeilen mit Objekte mit diesem Attribut abgleichen: Ja (Match objects using this attribute: Yes) die, die auf beiden Seiten gefüllt ist: externalId aus objectId; für Personen, die vorher gesendet wurden, zusätzlich userName mit Rangfolge 2 (Matching precedence).',
        ),
        step.entraRestart,
      ],
      okta: [
        say(
          'Set Unique identifier field for users to userName under Provisioning → Integration → Edit, then Save.',
          'Setzen Sie unter Provisioning → Integration → Edit das Feld Unique identifier field for users auf userName, dann Save.',
        ),
        step.oktaForce,
      ],
      ping: [
        say(
          'Open the connection in PingOne, set User Identifier to userName and User Filter Expression to username Eq "%s", and save.',
          'Öffnen Sie die Verbindung in PingOne, setzen Sie User Identifier auf userName und User Filter Expression auf username Eq "%s", und speichern Sie.',
        ),
      ],
      other: [
        step.mappings,
        say(
          'Match people by userName, or by an externalId that never changes.',
          'Gleichen Sie Personen über userName ab oder über eine externalId, die sich nie ändert.',
        ),
        step.sendAgain,
      ],
    },
  },
  'nothing-sent': {
    title: say('Connected, but no one is sent', 'Verbunden, aber niemand wird gesendet'),
    text: say(
      'The connection works, but your identity provider has sent neither people nor groups. Usually no one has been assigned yet, or provisioning has not been started.',
      'Die Verbindung steht, aber Ihr Identitätsanbieter hat weder Personen noch Gruppen gesendet. Meist ist noch niemand zugewiesen, oder die Bereitstellung wurde nicht gestartet.',
    ),
    fix: {
      entra: [
        step.entraAssign,
        say(
          'Then choose Provisioning → Overview → Start provisioning. The first cycle may take up to an hour to begin.',
          'Wählen Sie dann Bereitstellung → Übersicht → Bereitstellung starten (Start provisioning). Bis der erste Zyklus beginnt, kann eine Stunde vergehen.',
        ),
      ],
      okta: [
        say(
          'Open Provisioning → To App → Edit, enable Create Users, Update User Attributes and Deactivate Users, then Save.',
          'Öffnen Sie Provisioning → To App → Edit, aktivieren Sie Create Users, Update User Attributes und Deactivate Users, dann Save.',
        ),
        say(
          'Open Assignments → Assign. Anyone who was assigned before that must be assigned again.',
          'Öffnen Sie Assignments → Assign. Wer vorher zugewiesen wurde, muss erneut zugewiesen werden.',
        ),
      ],
      other: [
        say(
          'Assign people to the app in your identity provider, and start provisioning.',
          'Weisen Sie der App in Ihrem Identitätsanbieter Personen zu und starten Sie die Bereitstellung.',
        ),
      ],
    },
  },
  'first-cycle-running': {
    title: say(
      'The first people have arrived: {users, number} so far',
      'Die ersten Personen sind angekommen: bisher {users, number}',
    ),
    text: say(
      'More people may still arrive. Synchronize once no more do: managers and groups often come last. This note disappears ten minutes after the last new person.',
      'Es können noch weitere Personen ankommen. Synchronisieren Sie erst, wenn niemand mehr dazukommt: Führungskräfte und Gruppen kommen oft zuletzt. Dieser Hinweis verschwindet zehn Minuten nach der letzten neuen Person.',
    ),
    fix: {
      entra: [
        say(
          'Provisioning → Overview shows how far the cycle has come. A thousand people take between ten minutes and an hour and a half.',
          'Bereitstellung → Übersicht (Provisioning → Overview) zeigt, wie weit der Zyklus ist. Tausend Personen dauern zehn Minuten bis eineinhalb Stunden.',
        ),
      ],
      // There is nothing to do but to wait.
      other: [],
    },
  },
} as const satisfies Partial<Record<FindingCode, FindingWords>>;
