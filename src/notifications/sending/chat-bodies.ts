import type { Language } from '../../errors/sentence.ts';
import type { RawMessage, WordedMessage } from '../wording/message.ts';
import type { ChannelKind } from './channel.ts';

/** A message as it stands in the body of a POST, by where it goes. */
export type PostedKind = Exclude<ChannelKind, 'email'>;

/** What is posted. @param id the same in every attempt */
export function postedBody(
  kind: PostedKind,
  raw: RawMessage,
  worded: WordedMessage,
  { id, language }: { id: string; language: Language },
): string {
  switch (kind) {
    case 'slack':
      return JSON.stringify(slackBody(worded));
    case 'teams':
      return JSON.stringify(teamsBody(worded));
    case 'webhook':
      return JSON.stringify(plainBody(raw, worded, id, language));
  }
}

/**
 * Slack's incoming webhook. `plain_text` objects are shown as they are, so that no name can format the message, mention
 * somebody or hide a link; the `text` for notifications is mrkdwn and escaped (docs.slack.dev: formatting message text).
 */
function slackBody({ title, text, names, action, url }: WordedMessage): object {
  const plain = (said: string) => ({ type: 'plain_text', text: said, emoji: false });
  const section = (said: string) => ({ type: 'section', text: plain(said) });
  return {
    text: escapeMrkdwn(title),
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plain(title) },
      section(text),
      ...(names === null ? [] : [section(names)]),
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain(action), url, action_id: 'open' }],
      },
    ],
  };
}

/** `&`, `<` and `>` are all that begins something in mrkdwn that leads or calls elsewhere. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * The card that a workflow "when a Teams webhook request is received" posts; the connectors of Office 365, which took
 * MessageCards, are gone. A TextBlock reads Markdown, a TextRun does not (adaptivecards.io: TextRun).
 */
function teamsBody({ title, text, names, action, url }: WordedMessage): object {
  const paragraph = (said: string, more: object = {}) => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: withoutFunctions(said), ...more }],
  });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          fallbackText: withoutFunctions(title),
          body: [
            paragraph(title, { weight: 'Bolder', size: 'Medium' }),
            paragraph(text),
            ...(names === null ? [] : [paragraph(names, { isSubtle: true })]),
          ],
          actions: [{ type: 'Action.OpenUrl', title: withoutFunctions(action), url }],
        },
      },
    ],
  };
}

/** `{{DATE(…)}}` is replaced by the client that shows a card, and `${…}` by templates. */
function withoutFunctions(text: string): string {
  return text.replaceAll('{{', '{ {').replaceAll('${', '$ {');
}

/** For any program: what the message says, and what it is about. */
function plainBody(
  { kind, params, at, workspace, names }: RawMessage,
  { title, text, action, url }: WordedMessage,
  id: string,
  language: Language,
): object {
  return {
    id,
    type: 'notification',
    kind,
    at: at.toISOString(),
    workspaceId: workspace.id,
    workspaceExternalId: workspace.externalId,
    workspaceName: workspace.name,
    language,
    title,
    text,
    action,
    url,
    data: params,
    names: names?.shown ?? null,
  };
}
