const hues = Array.from({ length: 12 }, (_, hue) => `.hue-${hue} { --hue: ${hue * 30}; }`).join(
  '\n',
);

/** The look of the inbox, light and dark, wide and narrow. */
export const inboxStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #17191d);
  --back: light-dark(#f4f6f8, #101114);
  --ink: light-dark(#1c2430, #e6e8ec);
  --soft: light-dark(#5c6878, #9aa4b2);
  --line: light-dark(#e2e7ed, #2a2e35);
  --accent: light-dark(#0b64c0, #74b4ff);
  --accent-back: light-dark(#e8f1fc, #1b2c42);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .7rem 1.25rem; background: var(--paper); border-bottom: 1px solid var(--line); position: sticky; top: 0; z-index: 2; }
.brand { display: flex; align-items: center; gap: .55rem; color: var(--ink); font-weight: 650; text-decoration: none; }
.mark { width: 22px; height: 16px; border: 2px solid var(--accent); border-radius: 4px; background: linear-gradient(to bottom right, transparent 47%, var(--accent) 48%, var(--accent) 54%, transparent 55%) 0 0 / 50% 70% no-repeat, linear-gradient(to bottom left, transparent 47%, var(--accent) 48%, var(--accent) 54%, transparent 55%) 100% 0 / 50% 70% no-repeat; }
.hint { margin: 0; color: var(--soft); font-size: .85rem; }
.columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 1.5rem; max-width: 76rem; margin: 0 auto; padding: 1.25rem; align-items: start; }
.people { position: sticky; top: 4.2rem; max-height: calc(100vh - 5.5rem); overflow: auto; display: flex; flex-direction: column; gap: 2px; }
.people a { display: flex; justify-content: space-between; gap: .75rem; padding: .42rem .7rem; border-radius: 8px; color: var(--ink); text-decoration: none; font-size: .92rem; }
.people a span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.people b { color: var(--soft); font-weight: 500; }
.people a:hover { background: var(--line); }
.people a[aria-current], .tags a[aria-current] { background: var(--accent-back); color: var(--accent); font-weight: 600; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
.count { margin: .1rem 0 .7rem; color: var(--soft); font-size: .9rem; }
.tags { display: flex; flex-wrap: wrap; gap: .35rem; margin-bottom: .9rem; }
.tags a { padding: .18rem .65rem; border: 1px solid var(--line); border-radius: 99px; background: var(--paper); color: var(--ink); text-decoration: none; font-size: .85rem; white-space: nowrap; }
.threads { list-style: none; margin: 0; padding: 0; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.threads li + li { border-top: 1px solid var(--line); }
.thread { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .05rem 1rem; padding: .8rem 1.1rem; color: var(--ink); text-decoration: none; }
.thread:hover { background: var(--accent-back); }
.thread:focus-visible { outline-offset: -2px; }
.who, .when { color: var(--soft); font-size: .85rem; }
.who, .subject, .snippet { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.when { text-align: right; white-space: nowrap; }
.subject { grid-column: 1 / -1; font-weight: 600; }
.size { font-style: normal; font-weight: 500; font-size: .78rem; color: var(--soft); border: 1px solid var(--line); border-radius: 99px; padding: 0 .45rem; }
.snippet { grid-column: 1 / -1; color: var(--soft); }
.labels { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin-top: .3rem; }
.tag { display: inline-block; padding: 0 .5rem; border-radius: 6px; font-size: .8rem; background: light-dark(hsl(var(--hue) 75% 93%), hsl(var(--hue) 40% 20%)); color: light-dark(hsl(var(--hue) 75% 25%), hsl(var(--hue) 70% 82%)); }
${hues}
.fate, .clip { font-size: .8rem; color: var(--soft); }
.fate::before { content: '○ '; }
.fate.delivered { color: light-dark(#146c3c, #6fd09b); }
.fate.delivered::before { content: '✓ '; }
.fate.bounced { color: light-dark(#a8231c, #ff9a92); }
.fate.bounced::before { content: '✕ '; }
.clip::before { content: '+ '; }
.fresh { animation: fresh 2.5s ease-out; }
@keyframes fresh { from { background: var(--accent-back); } }
@media (prefers-reduced-motion: reduce) { .fresh { animation: none; } }
.empty { padding: 3.5rem 1rem; text-align: center; color: var(--soft); background: var(--paper); border: 1px dashed var(--line); border-radius: 12px; }
.empty p { margin: .2rem; }
.reading { max-width: 54rem; margin: 0 auto; padding: 1.25rem; }
.back { margin: 0 0 .6rem; font-size: .9rem; overflow-wrap: anywhere; }
.back a { text-decoration: none; }
.facts { display: grid; grid-template-columns: auto 1fr; gap: .1rem .9rem; margin: .7rem 0; font-size: .92rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.attachments { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; margin: .7rem 0; padding: 0; }
.attachments li { padding: .3rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); }
.attachments small { color: var(--soft); }
.views { display: flex; flex-wrap: wrap; gap: 1.1rem; margin: 1rem 0 0; }
.views a { padding: .35rem 0; color: var(--soft); text-decoration: none; border-bottom: 2px solid transparent; }
.views a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.body { display: block; width: 100%; min-height: 160px; border: 1px solid var(--line); border-radius: 12px; background: #fff; color-scheme: light; }
.text { margin: 0; padding: 1.1rem; border: 1px solid var(--line); border-radius: 12px; background: var(--paper); white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.55 ui-monospace, Menlo, Consolas, monospace; }
.headers { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); font-size: .9rem; }
.headers th, .headers td { padding: .4rem .8rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.headers th { color: var(--soft); font-weight: 500; white-space: nowrap; }
.conversation h2 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
.conversation ol { list-style: none; margin: 0; padding: 0; font-size: .92rem; }
.conversation a { display: flex; flex-wrap: wrap; gap: .3rem .7rem; padding: .4rem 0; color: inherit; text-decoration: none; }
.conversation a[aria-current] span:last-child { font-weight: 650; }
@media (max-width: 48rem) {
  .hint { display: none; }
  .top { padding: .7rem 1rem; }
  .columns { grid-template-columns: minmax(0, 1fr); gap: .8rem; padding: .8rem; }
  .people { position: static; flex-direction: row; padding-bottom: .3rem; }
  .people a { flex: none; border: 1px solid var(--line); background: var(--paper); padding: .35rem .7rem; }
  .tags { flex-wrap: nowrap; overflow-x: auto; }
  .thread { padding: .8rem .9rem; }
  .snippet { white-space: normal; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
  .reading { padding: .9rem; }
  .headers th { white-space: normal; }
}
`;
