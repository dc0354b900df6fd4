import type { FindingCode } from '../rules/rule.ts';
import { type FindingWords, say, step } from './words.ts';

const pasteNewToken = {
  entra: [step.newToken, step.entraToken],
  okta: [step.newToken, step.oktaToken],
  other: [step.newToken, step.pasteToken],
};

/** The words for what the credentials and the course of the requests show. */
export const connectionWords = {
  'token-cut': {
    title: say('The API token was not copied whole', 'Das API-Token wurde nicht vollständig kopiert'),
    text: say(
      'Something came that begins like your token “{tokenName}” ({tokenPrefix}…{lastFour}) and is {lengthChars} characters long; it was refused {count, plural, one {once} other {# times}}. A whole token has 53 characters.',
      'Es kam etwas an, das wie Ihr Token „{tokenName}“ ({tokenPrefix}…{lastFour}) beginnt und {lengthChars} Zeichen lang ist; es wurde {count, plural, one {einmal} other {#-mal}} abgelehnt. Ein vollständiges Token hat 53 Zeichen.',
    ),
    fix: pasteNewToken,
  },
  'token-not-alone': {
    title: say('The API token does not come alone', 'Das API-Token kommt nicht allein an'),
    text: say(
      'Your token “{tokenName}” ({tokenPrefix}…{lastFour}) came with something around it, such as the word Bearer twice, quotes or blanks; it was refused {count, plural, one {once} other {# times}}.',
      'Ihr Token „{tokenName}“ ({tokenPrefix}…{lastFour}) kam mit etwas darum herum an, etwa zweimal dem Wort Bearer, Anführungszeichen oder Leerzeichen; es wurde {count, plural, one {einmal} other {#-mal}} abgelehnt.',
    ),
    fix: {
      entra: [
        step.entraToken,
        say(
          'Paste the token alone: Entra puts Bearer in front by itself.',
          'Fügen Sie nur das Token ein: Entra stellt Bearer selbst voran.',
        ),
      ],
      okta: [
        step.oktaToken,
        say(
          'In the test app with header authentication write “Bearer”, one blank and the token; in an own integration paste the token alone.',
          'Schreiben Sie in der Test-App mit Header-Authentifizierung „Bearer“, ein Leerzeichen und das Token; in einer eigenen Integration nur das Token.',
        ),
      ],
      other: [
        step.pasteToken,
        say(
          'Paste the token alone, without Bearer, quotes and blanks.',
          'Fügen Sie nur das Token ein, ohne Bearer, Anführungszeichen und Leerzeichen.',
        ),
      ],
    },
  },
  'token-revoked': {
    title: say('A revoked API token is still in use', 'Ein widerrufenes API-Token ist noch in Gebrauch'),
    text: say(
      'The token “{tokenName}” ({tokenPrefix}…{lastFour}) was revoked and came {count, plural, one {once} other {# times}} since. Nothing that was sent with it was accepted.',
      'Das Token „{tokenName}“ ({tokenPrefix}…{lastFour}) ist widerrufen und kam seither {count, plural, one {einmal} other {#-mal}} an. Nichts, was damit gesendet wurde, wurde angenommen.',
    ),
    fix: pasteNewToken,
  },
  'token-expired': {
    title: say('An expired API token is still in use', 'Ein abgelaufenes API-Token ist noch in Gebrauch'),
    text: say(
      'The token “{tokenName}” ({tokenPrefix}…{lastFour}) has expired and came {count, plural, one {once} other {# times}} since. Nothing that was sent with it was accepted.',
      'Das Token „{tokenName}“ ({tokenPrefix}…{lastFour}) ist abgelaufen und kam seither {count, plural, one {einmal} other {#-mal}} an. Nichts, was damit gesendet wurde, wurde angenommen.',
    ),
    fix: pasteNewToken,
  },
  quarantine: {
    title: say(
      'Your identity provider has given up for now',
      'Ihr Identitätsanbieter hat vorerst aufgegeben',
    ),
    text: say(
      'It has been silent after requests were refused ({refused} of the last {requests}). Microsoft Entra ID puts such a job into quarantine: it tries once a day, and stops for good after four weeks.',
      'Er schweigt, nachdem Anfragen abgelehnt wurden ({refused} der letzten {requests}). Microsoft Entra ID stellt einen solchen Auftrag unter Quarantäne: Es versucht es noch einmal täglich und gibt nach vier Wochen ganz auf.',
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
      'Nothing came for {hours, plural, one {# hour} other {# hours}}, although Entra asks about every 40 minutes. New people do not arrive, and leavers keep access.',
      'Seit {hours, plural, one {# Stunde} other {# Stunden}} kam nichts, obwohl sich Entra etwa alle 40 Minuten meldet. Neue kommen nicht an, und wer ausscheidet, behält Zugang.',
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
      '{first} and {second} both write with the same API token. Each may undo what the other does, and nobody can tell from the token which of them it was.',
      '{first} und {second} schreiben beide mit demselben API-Token. Jeder kann rückgängig machen, was der andere tut, und am Token ist nicht zu erkennen, wer von beiden es war.',
    ),
    fix: {
      other: [
        say(
          'Decide which of them is to provision people here, and stop provisioning in the other one.',
          'Entscheiden Sie, welcher von beiden hier Personen bereitstellen soll, und beenden Sie die Bereitstellung im anderen.',
        ),
        say(
          'If both are meant, for instance while you move from one to the other, make a token of its own for each under API tokens.',
          'Sind beide gewollt, etwa während eines Umzugs, erstellen Sie unter „API-Tokens“ für jeden ein eigenes Token.',
        ),
      ],
    },
  },
  'filter-never-matches': {
    title: say('Your identity provider finds nobody here', 'Ihr Identitätsanbieter findet hier niemanden'),
    text: say(
      'It looks people up by {attribute} and has found nobody in {count, number} tries; then it creates them and is refused ({clashes, plural, one {once} other {# times}}), because they are here already. These people are not kept up to date.',
      'Er sucht Personen über {attribute} und hat in {count, number} Versuchen niemanden gefunden; dann legt er sie an und wird abgelehnt ({clashes, plural, one {einmal} other {#-mal}}), weil sie schon hier sind. Diese Personen werden nicht aktuell gehalten.',
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
    title: say('Connected, but nobody is sent', 'Verbunden, aber niemand wird gesendet'),
    text: say(
      'The connection works, and your identity provider has sent neither people nor groups. Usually nobody is assigned yet, or provisioning was not started.',
      'Die Verbindung steht, und Ihr Identitätsanbieter hat weder Personen noch Gruppen gesendet. Meist ist noch niemand zugewiesen, oder die Bereitstellung wurde nicht gestartet.',
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
          'Open Assignments → Assign. Who was assigned before that must be assigned again.',
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
      'The first people are still arriving: {users, number} so far',
      'Die ersten Personen kommen gerade an: bisher {users, number}',
    ),
    text: say(
      'Wait before you synchronize until no more arrive: managers and groups often come at the end. This note disappears ten minutes after the last newcomer.',
      'Warten Sie mit dem Synchronisieren, bis niemand mehr dazukommt: Vorgesetzte und Gruppen kommen oft erst am Ende. Dieser Hinweis verschwindet zehn Minuten nach der letzten neuen Person.',
    ),
    fix: {
      entra: [
        say(
          'Entra shows under Provisioning → Overview how far its cycle has come; a thousand people take about ten minutes to an hour and a half.',
          'Entra zeigt unter Bereitstellung → Übersicht (Provisioning → Overview), wie weit der Zyklus ist; tausend Personen dauern etwa zehn Minuten bis eineinhalb Stunden.',
        ),
      ],
      other: [say('Nothing is to be done but to wait.', 'Sie müssen nichts tun, nur warten.')],
    },
  },
} as const satisfies Partial<Record<FindingCode, FindingWords>>;
