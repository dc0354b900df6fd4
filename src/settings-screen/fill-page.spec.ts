import { describe, expect, it } from '@jest/globals';
import { fillPage, withPreloaded } from './fill-page.ts';

const html =
  '<meta name="product-name" content="%PRODUCT_NAME%" /><meta content="%PUBLIC_PATH%" /><title>%PRODUCT_NAME%</title>' +
  '<link href="./icon.svg" /><script src="./assets/index.js" nonce="%STYLE_NONCE%"></script>';

const plain = { styleNonce: '', publicPath: '', productName: '', logo: null, origins: [], brand: '{}' };

describe('the page', () => {
  it('has the picture and the facts of the product', () => {
    const page =
      '<link rel="icon" href="./icon.svg" type="image/svg+xml" /><meta content="%BRAND%" /><meta content="%EMBEDDING_ORIGINS%" />';
    const logo = { path: '/brand/1', type: 'image/png' };
    const origins = ['https://a.example', 'https://b.example'];
    expect(
      fillPage(page, '/files', { ...plain, publicPath: '/up', logo, origins, brand: '{"a":"<b>"}' }),
    ).toBe(
      '<link rel="icon" href="/up/brand/1" type="image/png" /><meta content="{&#34;a&#34;:&#34;&#60;b&#62;&#34;}" />' +
        '<meta content="https://a.example https://b.example" />',
    );
  });

  it('has the browser load the texts of the language from the beginning, where the build tells of them', () => {
    const page = '<head><title>x</title></head>';
    const facts = { ...plain, publicPath: '/up' };
    expect(fillPage(withPreloaded(page, 'assets/first-de.js'), '/settings/assets', facts)).toBe(
      '<head><title>x</title><link rel="modulepreload" crossorigin href="/up/settings/assets/assets/first-de.js" />\n</head>',
    );
    expect(withPreloaded(page, null)).toBe(page);
  });

  it('names its files and facts by the address that browsers use', () => {
    const filled = fillPage(html, '/files', {
      ...plain,
      styleNonce: 'abc=',
      publicPath: '/up',
      productName: 'Acme',
    });
    expect(filled).toBe(
      '<meta name="product-name" content="Acme" /><meta content="/up" /><title>Acme</title>' +
        '<link href="/up/files/icon.svg" /><script src="/up/files/assets/index.js" nonce="abc="></script>',
    );
  });

  it('holds the name as a text, whatever is in it', () => {
    const productName = `</title><script>alert("x")</script> & 'Söhne' $& %STYLE_NONCE%`;
    const filled = fillPage(html, '/files', { ...plain, styleNonce: 'abc', productName });
    expect(filled.match(/<script/g)).toHaveLength(1);
    expect(filled).toContain(
      'content="&#60;/title&#62;&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; &#38; &#39;Söhne&#39; $&#38; %STYLE_NONCE%"',
    );
  });
});
