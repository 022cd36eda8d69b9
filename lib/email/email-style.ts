import type { CSSProperties } from 'react';
import type { Accent } from '#lib/domain/brand-color.ts';

/** The grounds of the message: mail programs take the light one from the styles in line, the dark one from the class rules. */
export const lightGround = '#ffffff';
export const darkGround = '#1d1d1c';

const fontFamily = '-apple-system, Segoe UI, Roboto, Noto Sans, Helvetica Neue, Arial, sans-serif';
const ink = '#1b1b19';
const soft = '#5a5a55';
const rule = '1px solid #e3e3dd';

const text: CSSProperties = { fontFamily, fontSize: 16, lineHeight: '24px', color: ink, margin: '0 0 16px' };

export const style = {
  body: { backgroundColor: '#f5f5f2', padding: '24px 12px', fontFamily },
  card: { backgroundColor: lightGround, border: rule, borderRadius: 12 },
  inside: { padding: '28px 24px' },
  seller: { ...text, fontSize: 18, fontWeight: 600, margin: '0 0 24px' },
  logo: { display: 'block', marginBottom: 24, maxWidth: 200, height: 40, width: 'auto' },
  text: { ...text, whiteSpace: 'pre-line' },
  label: { ...text, fontSize: 14, lineHeight: '20px', color: soft, margin: 0 },
  sum: { ...text, fontSize: 32, lineHeight: '40px', fontWeight: 600, margin: 0 },
  due: { ...text, margin: '2px 0 0' },
  panel: { borderTop: rule, borderBottom: rule, margin: '24px 0', padding: '20px 0' },
  button: {
    fontFamily,
    fontSize: 16,
    fontWeight: 600,
    padding: '14px 24px',
    borderRadius: 8,
    marginTop: 18,
    textDecoration: 'none',
  },
  row: { borderBottom: rule, padding: '10px 0', verticalAlign: 'top' },
  plainRow: { padding: '3px 0', verticalAlign: 'top' },
  cell: { ...text, fontSize: 15, lineHeight: '22px', margin: 0 },
  amount: { ...text, fontSize: 15, lineHeight: '22px', margin: 0, paddingLeft: 12, whiteSpace: 'nowrap' },
  small: { ...text, fontSize: 14, lineHeight: '20px', color: soft, margin: 0 },
  footer: { padding: '20px 24px 0' },
  foot: { ...text, fontSize: 13, lineHeight: '20px', color: soft, margin: '0 0 8px' },
} satisfies Record<string, CSSProperties>;

/** `!important` is what lets a rule win over a style in line. No quotes or angle brackets: they would be escaped. */
export const darkCss = (accent: Accent): string =>
  [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    '@media (prefers-color-scheme:dark){',
    'body,.page td{background-color:#131312!important}',
    '.page .card td{background-color:transparent!important}',
    `.page .card{background-color:${darkGround}!important;border-color:#383835!important}`,
    '.ink{color:#eeeeea!important}',
    '.soft{color:#b0b0a9!important}',
    '.rule{border-color:#383835!important}',
    `.link{color:${accent.text}!important}`,
    `.button{border-color:${accent.text}!important}`,
    '.logo{background-color:#ffffff!important;padding:6px 8px!important;border-radius:4px!important}',
    '}',
    '@media (min-width:560px){.inside{padding:36px 40px!important}.foot{padding:20px 40px 0!important}}',
  ].join('');
