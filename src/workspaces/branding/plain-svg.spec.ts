import { describe, expect, it } from '@jest/globals';
import { faultOfSvg } from './plain-svg.ts';

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"${attributes}>${inside}</svg>`;

describe('a logo as SVG', () => {
  it.each<[string, string]>([
    ['shapes', svg('<path d="M0 0h8v8z" fill="#123456"/>')],
    ['a gradient of its own', svg('<linearGradient id="a"/><rect fill="url(#a)" width="8" height="8"/>')],
    [
      'a part that is used twice',
      svg('<symbol id="a"/><use href="#a"/>', ' xmlns:xlink="http://www.w3.org/1999/xlink"'),
    ],
    ['styles of its own', svg('<style>.a{fill:url("#b")}</style><g class="a" style="opacity:.5"/>')],
    ['a declaration', `<?xml version="1.0" encoding="UTF-8"?>${svg('<title>Acme &amp; Co</title>')}`],
  ])('may hold %s', (_what, text) => {
    expect(faultOfSvg(text)).toBeNull();
  });

  it.each<[string, string, RegExp]>([
    ['a script', svg('<script>alert(1)</script>'), /no <script>/],
    [
      'a script of another namespace',
      svg('<x:script xmlns:x="http://www.w3.org/2000/svg"/>'),
      /no <x:script>/,
    ],
    ['a script that is called by an event', svg('<g/>', ' onload="alert(1)"'), /no scripts, such as onload/],
    ['an event in capitals', svg('<g OnClick="alert(1)"/>'), /no scripts, such as OnClick/],
    ['foreign content', svg('<foreignObject><p/></foreignObject>'), /no <foreignObject>/],
    ['a picture from elsewhere', svg('<image href="https://evil.example/x.png"/>'), /no <image>/],
    ['a link', svg('<a href="#x"/>'), /no <a>/],
    ['something that moves', svg('<animate attributeName="href"/>'), /no <animate>/],
    ['a part of another file', svg('<use href="https://evil.example/x.svg#a"/>'), /elsewhere, such as href/],
    [
      'a part by an old name',
      svg('<use xlink:href="data:image/svg+xml,x"/>'),
      /elsewhere, such as xlink:href/,
    ],
    ['a script as an address', svg('<use href="javascript:alert(1)"/>'), /elsewhere, such as href/],
    ['a colour from elsewhere', svg('<rect fill="url(https://evil.example/x#a)"/>'), /such as in fill/],
    [
      'the same with a space',
      svg(`<rect style="fill:url ( 'https://evil.example/x#a')"/>`),
      /such as in style/,
    ],
    ['styles that are imported', svg('<style>@import "https://evil.example/x.css";</style>'), /no styles/],
    [
      'styles that hide what they are',
      svg('<style>a{fill:u\\72l(https://evil.example)}</style>'),
      /no styles/,
    ],
    ['styles as CDATA', svg('<style><![CDATA[a{fill:url(//evil.example)}]]></style>'), /no styles/],
    ['entities of its own', `<!DOCTYPE svg [<!ENTITY a "x">]>${svg('')}`, /no DOCTYPE/],
    [
      'a style sheet beside it',
      `<?xml-stylesheet href="https://evil.example/x.css"?>${svg('')}`,
      /no processing instruction/,
    ],
    ['another base', svg('<g xml:base="https://evil.example/"/>'), /elsewhere, such as xml:base/],
    ['no namespace', '<svg><path/></svg>', /no SVG/],
    ['a page', '<html xmlns="http://www.w3.org/1999/xhtml"/>', /no SVG/],
    ['text', 'hello', /well-formed/],
    ['an end that is missing', svg('<g>'), /well-formed/],
    ['thousands of levels', svg(`${'<g>'.repeat(20_000)}${'</g>'.repeat(20_000)}`), /well-formed/],
  ])('must not hold %s', (_what, text, fault) => {
    expect(faultOfSvg(text)).toMatch(fault);
  });
});
