import { type Language, type Sentence, sentenceText } from '../../errors/sentence.ts';
import { escapeHtml } from '../sending/html.ts';

const sentences = {
  askTitle: { en: 'Unsubscribe?', de: 'Nachrichten abbestellen?' },
  askText: {
    en: 'You will get no more e-mails about user provisioning of this workspace. You can subscribe again in its settings at any time.',
    de: 'Sie erhalten dann keine E-Mails zur Benutzerbereitstellung dieses Arbeitsbereichs mehr. In dessen Einstellungen können Sie Nachrichten jederzeit wieder auswählen.',
  },
  button: { en: 'Unsubscribe', de: 'Nachrichten abbestellen' },
  doneTitle: { en: 'You have unsubscribed', de: 'Sie haben die Nachrichten abbestellt' },
  doneText: {
    en: 'That is done, and you can close this page.',
    de: 'Das ist erledigt; Sie können diese Seite schließen.',
  },
} satisfies Record<string, Sentence>;

/** The page that a link in a mail opens: it asks, and ends nothing by being opened, since programs open links, too. */
export function unsubscribePage(
  state: 'ask' | 'done',
  { language, product, styleNonce }: { language: Language; product: string; styleNonce: string },
): string {
  const said = (sentence: Sentence) => escapeHtml(sentenceText(sentence, language, {}));
  const [title, text] =
    state === 'ask' ? [sentences.askTitle, sentences.askText] : [sentences.doneTitle, sentences.doneText];
  const form =
    state === 'ask'
      ? `<form method="post"><button type="submit">${said(sentences.button)}</button></form>`
      : '';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${said(title)} – ${escapeHtml(product)}</title>
<style nonce="${escapeHtml(styleNonce)}">
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;box-sizing:border-box;background:light-dark(#f7f8fa,#101216);color:light-dark(#1b1f27,#dfe2e8);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
main{max-width:28rem;padding:32px;border-radius:12px;background:light-dark(#fff,#16181d);border:1px solid light-dark(#e3e6ec,#343943)}
h1{margin:0 0 12px;font-size:1.375rem;line-height:1.3}p{margin:0 0 20px}
button{padding:10px 18px;border:0;border-radius:8px;background:#4453d6;color:#fff;font:inherit;font-weight:600;cursor:pointer}
small{display:block;margin-top:20px;color:light-dark(#596170,#a4abb8)}
</style></head><body><main><h1>${said(title)}</h1><p>${said(text)}</p>${form}<small>${escapeHtml(product)}</small></main></body></html>
`;
}
