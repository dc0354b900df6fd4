import { describe, expect, it } from '@jest/globals';
import { fillPage, withPreloaded } from './fill-page.ts';

const html =
  '<meta name="product-name" content="%PRODUCT_NAME%" /><meta content="%PUBLIC_PATH%" /><title>%PRODUCT_NAME%</title>' +
  '<link href="./icon.svg" /><script src="./assets/index.js" nonce="%STYLE_NONCE%"></script>';

describe('the page', () => {
  it('has the browser load the texts of the language from the beginning, where the build tells of them', () => {
    const page = '<head><title>x</title></head>';
    const facts = { styleNonce: '', publicPath: '/up', productName: '' };
    expect(fillPage(withPreloaded(page, 'assets/first-de.js'), '/settings/assets', facts)).toBe(
      '<head><title>x</title><link rel="modulepreload" crossorigin href="/up/settings/assets/assets/first-de.js" />\n</head>',
    );
    expect(withPreloaded(page, null)).toBe(page);
  });

  it('names its files and facts by the address that browsers use', () => {
    const filled = fillPage(html, '/files', { styleNonce: 'abc=', publicPath: '/up', productName: 'Acme' });
    expect(filled).toBe(
      '<meta name="product-name" content="Acme" /><meta content="/up" /><title>Acme</title>' +
        '<link href="/up/files/icon.svg" /><script src="/up/files/assets/index.js" nonce="abc="></script>',
    );
  });

  it('holds the name as a text, whatever is in it', () => {
    const productName = `</title><script>alert("x")</script> & 'Söhne' $& %STYLE_NONCE%`;
    const filled = fillPage(html, '/files', { styleNonce: 'abc', publicPath: '', productName });
    expect(filled.match(/<script/g)).toHaveLength(1);
    expect(filled).toContain(
      'content="&#60;/title&#62;&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; &#38; &#39;Söhne&#39; $&#38; %STYLE_NONCE%"',
    );
  });
});
