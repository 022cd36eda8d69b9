const light =
  'color-scheme:light dark;--page:#fff;--side:#fafaf8;--ink:#1b1b19;--soft:#5a5a55;--rule:#e6e6e0;--calm:#f5f5f2;--accent:#3344b5;--name:#3344b5;--text:#17623a;--get:#17623a;--post:#3344b5;--patch:#775000;--delete:#a12622;--mark:#fbf5dc';
const dark =
  '--page:#131312;--side:#171716;--ink:#eeeeea;--soft:#b0b0a9;--rule:#30302d;--calm:#1f1f1d;--accent:#a9b4ff;--name:#a9b4ff;--text:#86d7a5;--get:#86d7a5;--post:#a9b4ff;--patch:#f0c674;--delete:#ff9f97;--mark:#332d14';

const style = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:3.5rem;background:var(--page)}
body{margin:0;color:var(--ink);background:var(--page);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
h1,h2,h3,h4,p,ul,pre,table{margin:0;padding:0}
ul{list-style:none}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.2em}
h2 a,h3 a,nav a,th a,.bar a{color:inherit;text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
p code,li span code,.values code{background:var(--calm);border-radius:4px;padding:.1em .35em}
pre{background:var(--calm);border:1px solid var(--rule);border-radius:8px;padding:.875rem 1rem;overflow:auto;font-size:.9375rem;line-height:1.55}
pre b{font-weight:400;color:var(--name)}
pre i{font-style:normal;color:var(--text)}
.bar{position:sticky;top:0;z-index:1;display:flex;justify-content:space-between;gap:1rem;padding:.625rem 1.125rem;background:var(--page);border-bottom:1px solid var(--rule);font-weight:600}
.bar a+a{font-weight:400;color:var(--accent)}
main{padding:2rem 1.125rem 3rem;min-width:0}
h1{font-size:clamp(1.875rem,1.5rem + 1.6vw,2.5rem);line-height:1.15;letter-spacing:-.025em;font-weight:680}
h2{font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;font-weight:650}
h3{font-size:1.25rem;line-height:1.3;letter-spacing:-.01em;font-weight:650}
h4{font-size:.875rem;font-weight:600;color:var(--soft);margin-bottom:.375rem}
h4 small{font-weight:400;font-size:inherit}
header .lead{font-size:1.125rem;color:var(--soft);margin-top:.625rem;max-width:40rem}
.facts{margin-top:1rem;display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline}
.intro{max-width:44rem;margin-top:2.5rem}
.intro h2{font-size:1.25rem;margin-bottom:.5rem}
.intro p+p,.intro pre,.intro pre+p{margin-top:.875rem}
main>section:not(.intro){margin-top:4.5rem}
.action,.object{margin-top:2.25rem;padding-top:2.25rem;border-top:1px solid var(--rule)}
.object{max-width:52rem}
.about>*+*,.examples>*+*,.object>*+*{margin-top:.875rem}
.about>div,.about>.access{margin-top:1.375rem}
.about>.access{margin-top:.875rem}
.route{display:flex;gap:.625rem;align-items:baseline}
.about>.route{margin-top:.375rem}
.route .path{background:none;padding:0;font-size:.9375rem;color:var(--soft);overflow-wrap:anywhere}
.access{font-size:.9375rem;color:var(--soft)}
.method{flex:none;font-size:.75rem;font-weight:700;letter-spacing:.02em}
.get{color:var(--get)}.post{color:var(--post)}.patch,.put{color:var(--patch)}.delete{color:var(--delete)}
.status{font-weight:600;font-size:.875rem;font-variant-numeric:tabular-nums;color:var(--soft)}
.props{border-top:1px solid var(--rule)}
.props>li{padding:.625rem 0;border-bottom:1px solid var(--rule)}
.props p{font-size:.9375rem;color:var(--soft);margin-top:.125rem}
.prop{display:flex;flex-wrap:wrap;gap:0 .625rem;align-items:baseline}
.prop>code{font-weight:600;font-size:.9375rem}
.prop span{font-size:.875rem;color:var(--soft)}
.prop em{font-style:normal;font-size:.8125rem;font-weight:600;color:var(--patch)}
.values,.props .values{display:flex;flex-wrap:wrap;gap:.25rem;margin-top:.375rem;font-size:.875rem}
details{margin-top:.5rem}
summary{cursor:pointer;font-size:.875rem;color:var(--accent);width:fit-content}
details .props{margin:.5rem 0 0;padding-left:1rem;border-left:2px solid var(--rule);border-top:0}
details .props>li:last-child{border-bottom:0}
.refusals li{display:grid;grid-template-columns:2.5rem minmax(0,1fr);gap:0 .5rem;padding:.25rem 0;align-items:baseline}
.refusals span{grid-column:2;font-size:.875rem;color:var(--soft)}
.refusals a{text-decoration:none}
.examples{margin-top:1.75rem;min-width:0}
.examples pre{max-height:26rem;font-size:.875rem}
.examples>h4+pre{margin-top:.375rem}.examples>div{margin-top:1.25rem}section>h2+p{margin-top:.5rem}
table{width:100%;border-collapse:collapse;margin-top:1rem;font-size:.9375rem}
th,td{text-align:left;vertical-align:baseline;padding:.5rem 1rem .5rem 0;border-bottom:1px solid var(--rule);font-weight:400}
thead th{font-size:.875rem;font-weight:600;color:var(--soft)}
tr:target,.action:target h3,.object:target h3{background:var(--mark)}
nav{padding:1.5rem 1.125rem 4rem;border-top:1px solid var(--rule);background:var(--side);font-size:.9375rem}
nav p{margin-top:1.25rem;font-weight:600}
nav .brand{display:none}
nav li a{display:flex;gap:.5rem;align-items:baseline;padding:.1875rem 0;color:var(--soft)}
nav li a:hover{color:var(--ink)}
nav .method{width:3.25rem;font-size:.6875rem}
@media (max-width:47.99rem){
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody{display:block}
tr{display:grid;grid-template-columns:2.5rem minmax(0,1fr);gap:0 .5rem;padding:.5rem 0;border-bottom:1px solid var(--rule)}
td,th{padding:0;border:0}td~td{grid-column:2;color:var(--soft)}
}
@media (min-width:40rem){.refusals li{grid-template-columns:2.5rem auto minmax(0,1fr)}.refusals span{grid-column:auto}}
@media (min-width:64rem){
html{scroll-padding-top:1rem}
.bar{display:none}
.layout{display:grid;grid-template-columns:17.5rem minmax(0,1fr);align-items:start}
main{grid-column:2;grid-row:1;padding:3rem 3rem 5rem;max-width:84rem}
nav{grid-column:1;grid-row:1;position:sticky;top:0;height:100vh;overflow:auto;border-top:0;border-right:1px solid var(--rule);padding:1.75rem 1.25rem 3rem 1.5rem;overscroll-behavior:contain}
nav .brand{display:block;margin:0 0 1rem;font-size:1.0625rem;letter-spacing:-.01em}
}
@media (min-width:80rem){
.action{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,27rem);gap:3rem;align-items:start}
.examples{position:sticky;top:1.5rem;margin-top:0;max-height:calc(100vh - 3rem);overflow:auto}
}
@media print{.bar,nav{display:none}.examples pre{max-height:none}}`;

/** The style of the page to read: system fonts, light and dark. */
export const docsCss =
  `:root{${light}}@media screen and (prefers-color-scheme:dark){:root{${dark}}}${style}`.replaceAll('\n', '');
