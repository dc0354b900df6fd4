import type { notificationsEn } from './notifications-en.ts';

/** German texts of the notifications. */
export const notificationsDe: Record<keyof typeof notificationsEn, string> = {
  'notifications.title': 'Benachrichtigungen',
  'notifications.intro':
    'Sie erfahren ohne Nachsehen, wann Sie gebraucht werden. Zu jedem Anlass kommt eine Nachricht; eine weitere erst, wenn er vorbei war und erneut auftritt.',
  'notifications.mine': 'Ihre E-Mails',
  'notifications.mineText':
    'Die E-Mails gehen an {email}. Jede Nachricht enthält einen Link zum Abbestellen.',
  'notifications.mineNone': 'Sie erhalten keine E-Mails. Was Sie hier auswählen, geht an {email}.',
  'notifications.mineStopped':
    'Zurzeit kann nichts an {email} gesendet werden, weil kein Mailserver mehr eingerichtet ist.',
  'notifications.mailOff': 'Der E-Mail-Versand ist nicht eingerichtet',
  'notifications.mailOffText':
    'Der Betreiber von {product} hat keinen Mailserver angegeben; deshalb können hier keine E-Mails verschickt werden. Slack, Teams und andere Adressen funktionieren.',
  'notifications.about': 'Anlässe',
  'notifications.aboutChannel': 'Anlässe',
  'notifications.language': 'Sprache der Nachrichten',
  'notifications.language.en': 'English',
  'notifications.language.de': 'Deutsch',
  'notifications.all': 'Alle auswählen',
  'notifications.none': 'Keine auswählen',
  'notifications.cause.removals_held': 'Deaktivierungen, die auf Freigabe warten',
  'notifications.cause.run_failed': 'Fehlgeschlagene Synchronisierung',
  'notifications.cause.conflicts': 'Personen, die nicht synchronisiert werden können',
  'notifications.cause.refusals': 'Abgelehnte Anfragen',
  'notifications.cause.idp_silent': 'Identitätsanbieter meldet sich nicht mehr',
  'notifications.cause.token_expiring': 'API-Tokens, die in 30 Tagen, 7 Tagen oder 1 Tag ablaufen',
  'notifications.cause.token_unused': 'Erneuertes API-Token wird nicht verwendet',
  'notifications.cause.first_contact': 'Erste Anfrage Ihres Identitätsanbieters',
  'notifications.cause.weekly_digest':
    'Zusammenfassung jeden Montag um 8 Uhr: wer dazugekommen und ausgeschieden ist, was fehlgeschlagen ist, was wartet',
  'notifications.sendTest': 'Testnachricht senden',
  'notifications.sendTestTo': 'Testnachricht senden an {name}',
  'notifications.testSent': 'Die Testnachricht wurde von {name} angenommen.',
  'notifications.testFailed': 'Die Testnachricht ist nicht angekommen.',
  'notifications.mailServerSaid': 'Der Mailserver meldet: {answer}',
  'notifications.status': 'Status: {status}.',
  'notifications.people': 'E-Mails an andere Admins',
  'notifications.peopleText':
    'Jeder Admin wählt selbst. Wenn jemand ausgeschieden ist, können Sie die E-Mails an diese Person beenden.',
  'notifications.endFor': 'E-Mails beenden',
  'notifications.endForLabel': 'E-Mails beenden für {name}',
  'notifications.ended': 'Die E-Mails wurden beendet',
  'notifications.channels': 'Slack, Teams und andere Adressen',
  'notifications.channelsText':
    'Für Kanäle, in denen Ihr Team mitliest. Die Adresse wird verschlüsselt gespeichert und nicht mehr angezeigt.',
  'notifications.noChannels': 'Noch kein Kanal',
  'notifications.noChannelsText':
    'Fügen Sie eine Adresse hinzu, die Sie von Slack, Microsoft Teams oder einem anderen Programm erhalten.',
  'notifications.add': 'Kanal hinzufügen',
  'notifications.change': '{name} bearbeiten',
  'notifications.remove': 'Entfernen',
  'notifications.removeLabel': '{name} entfernen',
  'notifications.removeTitle': '„{name}“ entfernen?',
  'notifications.removeText':
    'Dieser Kanal erhält keine Nachrichten mehr. Um ihn wieder hinzuzufügen, brauchen Sie seine Adresse erneut.',
  'notifications.removed': 'Der Kanal wurde entfernt',
  'notifications.kind': 'Ziel',
  'notifications.kind.email': 'E-Mail',
  'notifications.kind.slack': 'Slack',
  'notifications.kind.teams': 'Microsoft Teams',
  'notifications.kind.webhook': 'Beliebige URL',
  'notifications.kindHint.slack':
    'In Slack: Legen Sie eine App an, schalten Sie „Incoming Webhooks“ ein, und fügen Sie einen für Ihren Kanal hinzu.',
  'notifications.kindHint.teams':
    'In Teams: Wählen Sie beim Kanal „Workflows“ und dann die Vorlage für Webhooks (Send webhook alerts to a channel, früher „Beim Empfang einer Webhook-Anforderung in einem Kanal posten“). Office-365-Connectors funktionieren nicht mehr.',
  'notifications.kindHint.webhook':
    'Erhält JSON, signiert nach Standard Webhooks. Das Geheimnis wird einmal angezeigt, nachdem Sie den Kanal hinzugefügt haben.',
  'notifications.name': 'Name',
  'notifications.nameHint': 'Woran Sie ihn erkennen, etwa #it-meldungen',
  'notifications.url': 'Webhook-Adresse',
  'notifications.added': 'Der Kanal wurde hinzugefügt',
  'notifications.secretTitle': 'Bewahren Sie dieses Geheimnis auf',
  'notifications.secretText':
    'Damit prüft Ihr Programm, ob eine Nachricht von {product} kommt. Es wird nur dieses eine Mal angezeigt.',
  'notifications.secret': 'Signaturgeheimnis',
  'notifications.secretDone': 'Ich habe es gespeichert',
  'notifications.toldOf':
    '{count, plural, =0 {Keine Nachrichten} one {# Art von Nachrichten} other {# Arten von Nachrichten}}',
  'notifications.names': 'Namen in Nachrichten',
  'notifications.namesText':
    'Nachrichten verlassen {product}. Ohne Ihre Erlaubnis nennen sie nur die Zahl der betroffenen Personen.',
  'notifications.namesLabel': 'Nachrichten dürfen Personen nennen',
  'notifications.latest': 'Letzte Nachrichten',
  'notifications.latestText':
    'Aus den letzten 30 Tagen, ohne die an entfernte Kanäle. Schlägt die Zustellung fehl, wird sie 3 Tage lang wiederholt; eine Testnachricht wird nur einmal gesendet.',
  'notifications.noMessages': 'Noch keine Nachrichten',
  'notifications.noMessagesText':
    'Hier stehen die Nachrichten, sobald etwas geschieht, worüber jemand benachrichtigt werden möchte.',
  'notifications.state.pending': 'Unterwegs',
  'notifications.state.retrying': 'Wird erneut versucht',
  'notifications.state.delivered': 'Zugestellt',
  'notifications.state.failed': 'Unzustellbar',
  'notifications.nextAttempt': 'Nächster Versuch',
};
