import { describe, expect, it } from '@jest/globals';
import { wcagContrast } from 'culori';
import fc from 'fast-check';
import { accentContrast, grounds, nearestReadable, paletteOf, textContrastMin } from './accent.ts';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the accent of a brand', () => {
  it.each([
    ['#4453d6', '#4453d6'],
    ['#000000', '#000000'],
  ])('stays as it is when it can be read: %s', (accent, nearest) => {
    expect(nearestReadable(accent)).toBe(nearest);
  });

  it('is measured as white text on it and as text on each ground of the light theme, of which the darkest decides', () => {
    expect(accentContrast('#767676')).toBe(wcagContrast('#767676', '#f7f8fa'));
    expect(accentContrast('#767676')).toBeLessThan(textContrastMin);
    expect(wcagContrast('#767676', '#ffffff')).toBeGreaterThan(textContrastMin);
  });

  it('has a nearest readable one, which passes by hardly more than it must', () => {
    fc.assert(
      fc.property(hex, (accent) => {
        const nearest = nearestReadable(accent);
        expect(accentContrast(nearest)).toBeGreaterThanOrEqual(textContrastMin);
        if (nearest !== accent) expect(accentContrast(nearest)).toBeLessThan(textContrastMin + 0.2);
      }),
    );
  });

  it('gives a palette whose texts can be read on their grounds, in both themes', () => {
    fc.assert(
      fc.property(hex, (accent) => {
        const { shades, light, dark } = paletteOf(nearestReadable(accent));
        expect(shades).toHaveLength(10);
        const [s0 = '', s1 = '', s2 = '', s3 = '', s4 = '', , s6 = '', s7 = '', , s9 = ''] = shades;
        const pairs = [
          ...grounds.light.flatMap((ground) => [
            [s7, ground],
            [light.link, ground],
          ]),
          ...[s0, s1, s2, s3, s4, dark.link].flatMap((text) => [
            [text, grounds.dark],
            [text, grounds.darkRaised],
          ]),
          [light.ink, light.ground],
          [dark.ink, dark.ground],
          [s9, s1],
          ['#ffffff', s6],
          ['#ffffff', s7],
        ];
        for (const [text = '', ground = ''] of pairs)
          expect([text, ground, wcagContrast(text, ground) >= textContrastMin]).toEqual([text, ground, true]);
        expect(wcagContrast(s6, grounds.dark)).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
