import { type Accent, accentOf } from '#lib/domain/brand-color.ts';

/** The grounds that text stands on: the darker of the light ones, the lighter of the dark ones. */
const lightGround = '#f5f5f2';
const darkGround = '#1d1d1c';

const variables = (scheme: string, accent: Accent): string =>
  `${scheme};--fill:${accent.fill};--on-fill:${accent.onFill};--accent:${accent.text}`;

const light = `--page:${lightGround};--sheet:#fff;--ink:#1b1b19;--soft:#5a5a55;--rule:#e3e3dd;--calm:#f5f5f2;--good:#17623a;--good-bg:#e4f3ea;--bad:#a12622;--bad-bg:#fcebea;--wait:#775000;--wait-bg:#fbf0d9`;
const dark = `--page:#131312;--sheet:${darkGround};--ink:#eeeeea;--soft:#b0b0a9;--rule:#383835;--calm:#272725;--good:#86d7a5;--good-bg:#17301f;--bad:#ff9f97;--bad-bg:#3d1b19;--wait:#f0c674;--wait-bg:#382b10`;

const layout = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;background:var(--page)}
body{margin:0;color:var(--ink);background:var(--page);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2,p,dl,dd,dt,ul,table{margin:0;padding:0;font-size:inherit}
ul{list-style:none}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:4px}
.page{max-width:54rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.masthead{display:flex;align-items:center;min-height:3rem;margin-bottom:1.25rem;font-weight:600;font-size:1.125rem}
.logo{display:block;max-width:min(14rem,70vw);max-height:4rem;border-radius:4px}
.notice{margin:0 0 1rem;padding:.625rem 1rem;border-radius:8px;background:var(--wait-bg);color:var(--wait);font-size:.9375rem}
.sheet{background:var(--sheet);border:1px solid var(--rule);border-top:4px solid var(--fill);border-radius:12px;padding:1.5rem 1.125rem}
.sheet>*+*{margin-top:2.25rem}
.sheet>.subject{margin-top:.25rem}
.sheet>.sums{margin-top:.75rem}
.title{display:flex;flex-wrap:wrap;align-items:center;gap:.375rem .75rem}
h1{font-size:1.375rem;line-height:1.25;letter-spacing:-.01em}
h2{font-size:.875rem;line-height:1.4;font-weight:600;color:var(--soft);margin-bottom:.5rem}
.subject{color:var(--soft)}
.status{padding:.125rem .625rem;border-radius:99px;font-size:.8125rem;font-weight:600;background:var(--calm);color:var(--ink)}
.status.overdue{background:var(--bad-bg);color:var(--bad)}
.status.partiallyPaid{background:var(--wait-bg);color:var(--wait)}
.status.paid{background:var(--good-bg);color:var(--good)}
.status.voided{background:var(--calm);color:var(--soft)}
.owed{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:end;gap:1.25rem;padding:1.25rem 0 1.5rem;border-bottom:1px solid var(--rule)}
.todo{display:grid;gap:.75rem}
.pay{display:flex;flex-wrap:wrap;align-items:end;gap:.75rem;margin:0}
.pay label{display:grid;gap:.25rem;font-size:.9375rem;color:var(--soft)}
.pay button{flex:1;font:inherit;font-weight:600;cursor:pointer}
.pay input{font:inherit;font-size:1rem;font-variant-numeric:tabular-nums;color:var(--ink);background:var(--sheet);padding:.75rem;border:1px solid var(--soft);border-radius:8px;width:10rem}
.sheet>.owed{margin-top:.5rem}
.owed h2{margin:0}
.sum{font-size:clamp(1.875rem,1.4rem + 2.2vw,2.625rem);line-height:1.15;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.until{margin-top:.375rem}
.until.late{color:var(--bad);font-weight:600}
.aside{color:var(--soft);font-size:.9375rem}
.button{display:inline-block;padding:.75rem 1.25rem;border-radius:8px;border:1px solid var(--accent);background:var(--fill);color:var(--on-fill);font-weight:600;text-decoration:none;text-align:center}
.button:hover{text-decoration:underline}
.button.second{background:none;color:var(--accent)}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:2rem 2.5rem}
.party{font-style:normal}
.name{font-weight:600}
.facts{max-width:30rem}
.fact{display:flex;justify-content:space-between;gap:0 1rem;padding:.3125rem 0}
.fact dt{color:var(--soft);min-width:min-content}
.fact dd{text-align:end;min-width:0}
.money,.num{font-variant-numeric:tabular-nums}
.money{white-space:nowrap}
table{width:100%;border-collapse:collapse}
th{font-weight:600;color:var(--soft);font-size:.875rem;text-align:start}
td,th{vertical-align:top;padding:.75rem 0}
tbody tr{border-bottom:1px solid var(--rule)}
thead tr{border-bottom:1px solid var(--rule)}
caption{text-align:start;font-size:.875rem;font-weight:600;color:var(--soft);padding-bottom:.5rem}
td+td,th+th{padding-inline-start:1.25rem}
.end{text-align:end}
.lines .end{white-space:nowrap}
.lines .taxed{white-space:normal;min-width:5.5rem}
.lines th[scope=row]{color:var(--ink);font-size:inherit;min-width:8rem}
bdi,.text,.sum{overflow-wrap:anywhere}
.more{display:block;font-weight:400;color:var(--soft);font-size:.9375rem;white-space:pre-line}
.totals{max-width:26rem;margin-inline-start:auto}
.totals dd{flex:none}
.totals small{display:block;color:var(--soft);font-size:.8125rem}
.totals .strong{font-weight:650;color:var(--ink);border-top:1px solid var(--rule);margin-top:.375rem;padding-top:.625rem}
.totals .strong dt{color:var(--ink)}
.totals .last{font-size:1.125rem}
.account{background:var(--calm);border-radius:8px;padding:.625rem 1.125rem}
.account .fact{display:block}
.account dt{font-size:.875rem}
.account dd{text-align:start;user-select:all}
.methods{margin-top:.625rem;color:var(--soft);font-size:.9375rem}
.text{white-space:pre-line;max-width:42rem;text-align:-webkit-match-parent;text-align:match-parent}
.text+.text{margin-top:.75rem}
footer{margin-top:1.75rem;color:var(--soft);font-size:.875rem;padding:0 1.125rem}
footer p+p{margin-top:.5rem}
.alone{min-height:70vh;display:grid;place-content:center;text-align:center;gap:.5rem}
@media screen and (max-width:47.99rem){
.lines thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.lines,.lines tbody,.lines caption{display:block}
.lines tr{display:flex;flex-wrap:wrap;gap:0 .375rem;padding:.75rem 0}
.lines th,.lines td{padding:0}
.lines th[scope=row]{flex:0 0 100%;margin-bottom:.125rem}
.lines td{color:var(--soft);font-size:.9375rem}
.lines .quantity:after{content:" ×"}
.lines .taxed{flex:0 0 100%;order:1;text-align:start}
.lines .total{margin-inline-start:auto;color:var(--ink);font-size:1rem}
}
@media (max-width:39.99rem){
.owed>*,.pay>*{flex:1 1 100%}
.pay input{width:100%}
}
@media print,(min-width:48rem){.lines caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
@media (min-width:40rem){.page{padding:2.5rem 1.5rem 4rem}.sheet{padding:2.25rem 2.5rem 2.5rem}footer{padding:0 2.5rem}}
@media (prefers-color-scheme:dark){.logo{background:#fff;padding:.375rem .5rem}}
@media print{
:root{--page:#fff;--sheet:#fff;--calm:#fff}
.page{max-width:none;padding:0}.sheet{border:0;padding:0}footer{padding:0}
.button,.notice,.pay{display:none}tr,.fact,.account,.party{break-inside:avoid}h2,caption{break-after:avoid}thead{display:table-header-group}
}`;

/** The style of every page a buyer sees, with the seller's colour in it where it can be read. */
export const pageCss = (brandColor: string | undefined): string => {
  const onLight = variables(`:root{color-scheme:light dark;${light}`, accentOf(brandColor, lightGround));
  const onDark = variables(`:root{${dark}`, accentOf(brandColor, darkGround));
  return `${onLight}}@media screen and (prefers-color-scheme:dark){${onDark}}}${layout}`.replaceAll('\n', '');
};
