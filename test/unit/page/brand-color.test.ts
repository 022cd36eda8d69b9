import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentOf, contrastOf } from '#lib/domain/brand-color.ts';

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('The seller’s colour', () => {
  it('LINK-4: whatever it is, what is written in it or on it can be read, in light and dark', () => {
    fc.assert(
      fc.property(color, fc.constantFrom('#f5f5f2', '#1d1d1c'), (brandColor, ground) => {
        const { fill, onFill, text } = accentOf(brandColor, ground);
        expect(fill).toBe(brandColor);
        expect(contrastOf(onFill, fill)).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(text, ground)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('LINK-4: stays as it is where it is legible already', () => {
    expect(accentOf('#0f766e', '#ffffff').text).toBe('#0f766e');
  });

  it('LINK-4: anything but #rrggbb counts as none', () => {
    expect(accentOf('red;}body{display:none', '#ffffff')).toEqual(accentOf(undefined, '#ffffff'));
  });

  it('LINK-4: contrast is that of WCAG', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});
