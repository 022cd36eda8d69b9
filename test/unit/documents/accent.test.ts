import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentOf, contrastWithWhite } from '#lib/documents/html/accent.ts';

describe('a brand’s colour on paper', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrastWithWhite('#000000')).toBeCloseTo(21, 5);
    expect(contrastWithWhite('#ffffff')).toBeCloseTo(1, 5);
    expect(contrastWithWhite('#767676')).toBeCloseTo(4.54, 2);
  });

  it('SET-1: is left as it is where it can be read', () => {
    expect(accentOf('#0f766e')).toEqual({ fill: '#0f766e', text: '#0f766e' });
  });

  it('SET-1: is darkened for text, not for decoration, where it can’t', () => {
    const { fill, text } = accentOf('#ffd400');
    expect(fill).toBe('#ffd400');
    expect(contrastWithWhite(text)).toBeGreaterThanOrEqual(4.5);
  });

  it('SET-1: gives way to the default where it is as good as white, or missing', () => {
    expect(accentOf('#ffffff')).toEqual(accentOf(undefined));
    expect(accentOf('red;}</style>')).toEqual(accentOf(undefined));
  });

  it('SET-1: is legible as text, whichever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (color) => {
        const { text } = accentOf(`#${color.toString(16).padStart(6, '0')}`);
        expect(contrastWithWhite(text)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
