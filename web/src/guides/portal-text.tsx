import { Fragment } from 'react';
import { useTranslation } from '../i18n.ts';
import { productName } from '../page-facts.ts';
import type { Words } from './guide.ts';

/** A text of a guide: what a portal calls something stands out, with its English name beside it where they differ. */
export function PortalText({ words }: { words: Words }) {
  const { language } = useTranslation();
  const parts = textOf(words, language).split(/\[\[(.+?)\]\]/);
  return parts.map((part, at) => {
    if (at % 2 === 0) return <Fragment key={at}>{part}</Fragment>;
    const [name, english] = part.split('|');
    return (
      <Fragment key={at}>
        <strong>{name}</strong>
        {english !== undefined && (
          <span className="portal-english">
            {' ('}
            <span lang="en">{english}</span>)
          </span>
        )}
      </Fragment>
    );
  });
}

/** A text of a guide with the name of the product in it. */
export function textOf(words: Words, language: keyof Words): string {
  return words[language].replaceAll('{{product}}', () => productName);
}
