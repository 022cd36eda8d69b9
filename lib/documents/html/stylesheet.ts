import type { PageSize } from '#lib/documents/chromium/printer.ts';
import type { Accent } from './accent.ts';

/** What stands at the foot of each page, before it is written as a CSS string. */
export type PageFoot = { start: string; beforePage: string; betweenPages: string };

/** Any text as a CSS string: what is not a letter or digit is escaped, so that it can end neither string nor element. */
export const cssString = (text: string): string =>
  `"${[...text].map((sign) => (/[\p{L}\p{N}\p{M} ]/u.test(sign) ? sign : `\\${sign.codePointAt(0)?.toString(16)} `)).join('')}"`;

/** The look of a document, for print. Sizes in points; one accent, hairlines, figures of one width. */
export function stylesheet(options: {
  pageSize: PageSize;
  accent: Accent;
  family: string;
  foot: PageFoot;
}): string {
  const { pageSize, accent, family, foot } = options;
  return `
@page {
  size: ${pageSize}; margin: 15mm 17mm 19mm;
  @bottom-left { content: ${cssString(foot.start)}; ${footStyle(family)} }
  @bottom-right {
    content: ${cssString(foot.beforePage)} counter(page) ${cssString(foot.betweenPages)} counter(pages);
    ${footStyle(family)}
  }
}
:root { --fill: ${accent.fill}; --accent: ${accent.text}; --ink: #16191f; --muted: #5b6370; --hairline: #e2e5ea; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body {
  font: 400 8.75pt/1.45 ${family}; color: var(--ink); overflow-wrap: break-word;
  font-variant-numeric: tabular-nums lining-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact;
}
p { orphans: 2; widows: 2; }
h2 { font-size: 7.5pt; font-weight: 600; color: var(--muted); margin-bottom: 1.2mm; break-after: avoid; }
${letterhead}${parties}${lines}${totals}${closing}${marks}`;
}

const footStyle = (family: string) =>
  `font: 400 7pt ${family}; color: #5b6370; vertical-align: top; padding-top: 5mm; white-space: pre;`;

const letterhead = `
.letterhead { display: flex; justify-content: space-between; align-items: flex-start; gap: 12mm; border-top: 1mm solid var(--fill); padding-top: 7mm; }
.sender { flex: 1 1 0; min-width: 0; }
.sender img { max-width: 62mm; max-height: 18mm; object-fit: contain; object-position: top left; display: block; }
[dir=rtl] .sender img { object-position: top right; }
.wordmark { font-size: 13pt; font-weight: 600; line-height: 1.25; }
.name { text-align: end; max-width: 55%; }
h1 { font-size: 20pt; font-weight: 600; line-height: 1.1; color: var(--accent); }
.number { font-size: 10.5pt; margin-top: 1mm; color: var(--muted); }
.headline { margin-top: 9mm; }
.title { font-size: 10.5pt; font-weight: 600; }
.owed { font-size: 17pt; font-weight: 600; line-height: 1.3; }
.due { font-size: 10.5pt; margin-inline-start: 1mm; color: var(--muted); }
dt { font-size: 7.5pt; color: var(--muted); }
.particulars { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3.5mm 6mm; margin-top: 6mm; padding: 4mm 0; border: solid var(--hairline); border-width: .3mm 0; }
.particulars dd { font-weight: 600; overflow-wrap: anywhere; }
`;

const parties = `
.parties { display: grid; grid-template-columns: repeat(auto-fit, minmax(38mm, 1fr)); gap: 6mm; margin-top: 6mm; }
.party { min-width: 0; }
.party .who { font-size: 9.5pt; font-weight: 600; }
.party .line { display: block; }
.party .small { font-size: 7.75pt; color: var(--muted); margin-top: 1.2mm; }
`;

const lines = `
.lines { width: 100%; border-collapse: separate; border-spacing: 0; margin-top: 9mm; }
.lines thead { display: table-header-group; break-inside: avoid; }
.lines th { font-size: 7.5pt; font-weight: 600; color: var(--muted); text-align: end; vertical-align: bottom; padding-bottom: 1.6mm; padding-inline-start: 5mm; border-bottom: .4mm solid var(--ink); white-space: nowrap; }
.lines td { text-align: end; vertical-align: top; padding-block: 2.1mm; padding-inline-start: 5mm; border-bottom: .2mm solid var(--hairline); white-space: nowrap; }
.lines .item { text-align: start; width: 100%; padding-inline-start: 0; white-space: normal; overflow-wrap: anywhere; }
.lines tr { break-inside: avoid; }
.lines .item p { font-size: 7.75pt; color: var(--muted); margin-top: .5mm; }
.lines .tax { white-space: normal; word-break: keep-all; max-width: 36mm; }
.mention + .mention::before { content: "\\a0\\b7  "; }
.written { white-space: pre-line; }
`;

const totals = `
.totals { margin-top: 3mm; margin-inline-start: auto; width: 92mm; border-collapse: collapse; break-inside: avoid; }
.with-last-line { break-before: avoid; }
.totals th { font-weight: 400; text-align: start; vertical-align: top; padding-block: 1.1mm; padding-inline-end: 4mm; }
.totals td { text-align: end; vertical-align: top; padding: 1.1mm 0; white-space: nowrap; }
.totals .note, .totals .reason { color: var(--muted); font-size: 7.75pt; }
.totals .reason { display: block; }
.totals .total > * { border-top: .4mm solid var(--ink); padding-top: 2mm; font-size: 11.5pt; font-weight: 600; color: var(--accent); }
.totals tr:nth-last-child(2) > * { padding-bottom: 2mm; }
`;

const closing = `
body > section, .legal { margin-top: 7mm; }
.payment { break-inside: avoid; border-inline-start: .8mm solid var(--fill); padding-inline-start: 4mm; }
.payment > p { margin-bottom: 2mm; }
.accounts { display: flex; flex-wrap: wrap; gap: 2.5mm 9mm; }
.accounts dd { font-weight: 600; }
.written + .written { margin-top: 1.5mm; }
.legal { font-size: 7.25pt; color: var(--muted); border-top: .2mm solid var(--hairline); padding-top: 3mm; }
.legal h2 { font-size: 7.25pt; margin-bottom: .6mm; }
`;

const marks = `
.mark { display: inline-block; margin-top: 2mm; padding: .6mm 2.6mm; border: .4mm solid; border-radius: 1mm; font-size: 9pt; font-weight: 600; }
.voided { color: #b3261e; }
.draft { color: #5b6370; }
.watermark { position: fixed; inset: 0; display: flex; align-items: center; justify-content: center; font-size: 84pt; font-weight: 600; opacity: .09; z-index: -1; }
.watermark span { transform: rotate(-32deg); white-space: nowrap; }
`;
