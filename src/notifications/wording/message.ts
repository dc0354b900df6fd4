import { type Language, sentenceText } from '../../errors/sentence.ts';
import type { MessageKind, MessageParams } from '../causes/cause.ts';
import { frameSentences, kindSentences } from './sentences.ts';

/**
 * A message before it is worded.
 *
 * @property names some of the people it is about, and how many more there are; null: it may name nobody
 */
export interface RawMessage {
  id: string;
  kind: MessageKind;
  params: MessageParams;
  at: Date;
  workspace: { id: string; name: string; externalId: string | null; timeZone: string };
  names: { shown: readonly string[]; more: number } | null;
}

/** A message in one language, for whatever carries it: plain texts, to be escaped as its form needs. */
export interface WordedMessage {
  title: string;
  text: string;
  /** Who it is about; null: nobody is named. */
  names: string | null;
  action: string;
  /** The very place, in full. */
  url: string;
  settingsUrl: string;
  whyMail: string;
}

/** Longer names of workspaces, tokens and people are cut: a chat refuses a message that is too long. */
export const nameInMessageMaxChars = 120;

/** Words a message. @param product what the customer knows the product by */
export function wordMessage(
  raw: RawMessage,
  language: Language,
  { publicUrl, product }: { publicUrl: string; product: string },
): WordedMessage {
  const { kind, workspace } = raw;
  const params = {
    ...paramsOf(raw, language),
    workspace: onOneLine(workspace.name),
    product: onOneLine(product),
  };
  const { title, text, action } = kindSentences[kind];
  return {
    title: sentenceText(title, language, params),
    text: sentenceText(text, language, params),
    names: namesText(raw, language),
    action: sentenceText(action, language, params),
    url: `${publicUrl}/settings${pathOf(raw)}`,
    settingsUrl: `${publicUrl}/settings${notificationsPath}`,
    whyMail: sentenceText(frameSentences.whyMail, language, params),
  };
}

/** What a message is called in a list, where everybody knows the workspace. */
export function titleOf(kind: MessageKind, params: MessageParams, language: Language): string {
  const chosen = kind === 'idp_silent' ? { ...params, status: params.status ?? 'none' } : params;
  return sentenceText(kindSentences[kind].title, language, chosen);
}

/** Where the page of notifications is, below the settings. */
export const notificationsPath = '/user-provisioning/notifications';

/** The place that a message is about, below the settings. */
export function pathOf({ kind, params }: Pick<RawMessage, 'kind' | 'params'>): string {
  switch (kind) {
    case 'removals_held':
      return '/user-provisioning/synchronize?kind=held';
    case 'conflicts':
      return '/user-provisioning/synchronize?kind=conflict';
    case 'run_failed':
      return `/user-provisioning/runs/${params.runId}`;
    case 'refusals':
      return '/user-provisioning/log?outcome=error';
    case 'idp_silent':
      return params.status === null ? '/user-provisioning/log' : '/user-provisioning/log?outcome=error';
    case 'token_expiring':
    case 'token_unused':
      return '/user-provisioning/tokens';
    case 'first_contact':
    case 'weekly_digest':
      return '/user-provisioning';
    case 'test':
      return notificationsPath;
  }
}

/**
 * A name on one line, and no longer than a message takes: what breaks lines or turns the direction of writing becomes a
 * space.
 */
export function onOneLine(text: string): string {
  const line = text.replaceAll(breaksOrTurns, ' ').trim();
  const letters = [...line];
  return letters.length <= nameInMessageMaxChars
    ? line
    : `${letters.slice(0, nameInMessageMaxChars - 1).join('')}…`;
}

/** Control characters, white space of all kinds, and the marks that turn the direction of writing (Unicode TR 36 §3.1). */
const breaksOrTurns = /[\p{Cc}\p{Zl}\p{Zp}\s\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

function paramsOf({ kind, params, workspace }: RawMessage, language: Language): Record<string, unknown> {
  const named = typeof params.name === 'string' ? { name: onOneLine(params.name) } : {};
  if (kind !== 'idp_silent') return { ...params, ...named };
  const since = momentText(new Date(String(params.since)), workspace.timeZone, language);
  return { since, status: params.status === null ? 'none' : String(params.status) };
}

function namesText({ names }: RawMessage, language: Language): string | null {
  if (names === null || names.shown.length === 0) return null;
  const shown = names.shown.map(onOneLine).join(', ');
  return sentenceText(frameSentences.names, language, { names: shown, more: names.more });
}

function momentText(at: Date, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(at);
}
