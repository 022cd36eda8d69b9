export const MAILBOX_STYLE = `
:root { --ink: #1c2024; --quiet: #5f666d; --line: #e1e4e8; --paper: #fff; --ground: #f6f7f8; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --quiet: #a0a7ae; --line: #363b41; --paper: #1f2328; --ground: #16191c; --link: #79b8ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
.quiet { color: var(--quiet); }
.mails { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .75rem 1rem; color: inherit; text-decoration: none; }
.mails a:hover strong, .mails a:focus-visible strong { color: var(--link); text-decoration: underline; }
.mails time, .mails span { color: var(--quiet); font-size: .875rem; }
.mails span { grid-column: 1 / -1; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; font-size: .9375rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 42rem; border: 1px solid var(--line); border-radius: 8px; background: #fff; color-scheme: light; }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; font-size: .875rem; }
details { margin: 2rem 0 1rem; }
summary { cursor: pointer; font-weight: 600; }
details dl { margin-top: .5rem; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .5rem; } }
`;
