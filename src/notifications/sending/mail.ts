import type { MailAddress } from '../../config/mail-settings.ts';
import { type Language, sentenceText } from '../../errors/sentence.ts';
import { onOneLine, type RawMessage, type WordedMessage } from '../wording/message.ts';
import { frameSentences } from '../wording/sentences.ts';
import { escapeHtml } from './html.ts';

/** A mail, as the library takes it. */
export interface Mail {
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  messageId: string;
  date: Date;
  headers: Record<string, string>;
}

/**
 * What a mail is made of.
 *
 * @property deliveryId the same in every attempt, so that a mail that was sent twice can be told
 * @property unsubscribeUrl ends the messages to this mailbox, without a sign-in
 */
export interface MailParts {
  raw: RawMessage;
  worded: WordedMessage;
  deliveryId: string;
  to: string;
  from: MailAddress;
  product: string;
  language: Language;
  unsubscribeUrl: string;
}

/** A mail with a text part and an HTML part that say the same (RFC 2046 §5.1.4). */
export function composeMail(parts: MailParts): Mail {
  const { raw, worded, deliveryId, to, from, product, unsubscribeUrl } = parts;
  const [, domain = 'localhost'] = from.address.split('@');
  return {
    from: { name: from.name ?? onOneLine(product), address: from.address },
    to: { name: '', address: to },
    subject: `${onOneLine(raw.workspace.name)}: ${worded.title}`,
    text: textPart(parts),
    html: htmlPart(parts),
    messageId: `<${deliveryId}@${domain}>`,
    date: raw.at,
    headers: {
      // RFC 3834 §5: nobody's holiday notice answers it.
      'Auto-Submitted': 'auto-generated',
      // RFC 8058 §3.1: mail programs show a button for it, and send a POST.
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}

function textPart({ worded, language, unsubscribeUrl }: MailParts): string {
  const said = (sentence: (typeof frameSentences)[keyof typeof frameSentences]) =>
    sentenceText(sentence, language, {});
  return [
    worded.title,
    '',
    worded.text,
    ...(worded.names === null ? [] : ['', worded.names]),
    '',
    `${worded.action}: ${worded.url}`,
    '',
    '-- ',
    worded.whyMail,
    `${said(frameSentences.settings)}: ${worded.settingsUrl}`,
    `${said(frameSentences.unsubscribe)}: ${unsubscribeUrl}`,
    '',
  ].join('\n');
}

const font = `font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif`;

/** Mail programs know little of CSS: everything stands inline, in one column, without pictures. */
function htmlPart({ raw, worded, product, language, unsubscribeUrl }: MailParts): string {
  const h = escapeHtml;
  const link = (url: string, text: string) =>
    `<a href="${h(url)}" style="color:#596170;text-decoration:underline">${h(text)}</a>`;
  const names =
    worded.names === null
      ? ''
      : `<p style="margin:0 0 20px;padding:10px 14px;background:#f1f3f7;border-radius:8px;color:#1b1f27">${h(worded.names)}</p>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light"><title>${h(worded.title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f7f8fa;${font};font-size:16px;line-height:1.5;color:#1b1f27">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 12px;font-size:14px;color:#596170">${h(onOneLine(product))} · ${h(onOneLine(raw.workspace.name))}</p>
<div style="padding:28px;background:#ffffff;border:1px solid #e3e6ec;border-radius:12px">
<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">${h(worded.title)}</h1>
<p style="margin:0 0 20px">${h(worded.text)}</p>
${names}<a href="${h(worded.url)}" style="display:inline-block;padding:10px 18px;background:#4453d6;border-radius:8px;color:#ffffff;font-weight:600;text-decoration:none">${h(worded.action)}</a>
</div>
<p style="margin:16px 0 0;font-size:13px;color:#596170">${h(worded.whyMail)}<br>
${link(worded.settingsUrl, sentenceText(frameSentences.settings, language, {}))} · ${link(unsubscribeUrl, sentenceText(frameSentences.unsubscribe, language, {}))}</p>
</div>
</body></html>
`;
}
