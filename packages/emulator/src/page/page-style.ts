export const pageStyle: string = `
:root { color-scheme: light dark; --page: #f6f5fa; --card: #fff; --ink: #1b1a22; --soft: #6d6b7b; --line: #e2e0ea; --dot: #d9d6e4;
  --accent: #5b4bdb; --accent-soft: #edeafd; --good: #16794c; --bad: #c02b3c; --warn: #a15c00; --edge: #b9b3d8; }
@media (prefers-color-scheme: dark) { :root { --page: #121217; --card: #1c1c23; --ink: #ecebf3; --soft: #9a98a9; --line: #2e2d38; --dot: #2a2934;
  --accent: #a094ff; --accent-soft: #2a2743; --good: #5dd39e; --bad: #ff8290; --warn: #f0b35a; --edge: #565073; } }
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid-template: auto 1fr / 260px minmax(0, 1fr) 430px; background: var(--page); color: var(--ink); font: 14px/1.45 system-ui, sans-serif; }
header { grid-column: 1 / -1; display: flex; align-items: center; gap: 12px; padding: 10px 16px; background: var(--card); border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 15px; }
h1::before { content: ""; display: inline-block; width: 10px; height: 10px; margin-right: 8px; border-radius: 50%; background: var(--good); }
.gone h1::before { background: var(--bad); }
.gone h1::after { content: " has stopped"; color: var(--bad); font-weight: 400; }
header code { color: var(--soft); font-size: 13px; }
header .title { margin-left: auto; color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
header button { min-width: 30px; padding: 3px 8px; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; font: inherit; font-variant-numeric: tabular-nums; cursor: pointer; }
header button:hover, header button:focus-visible { border-color: var(--accent); outline: none; }
nav, aside { overflow: auto; background: var(--card); padding: 4px 0 16px; }
nav { border-right: 1px solid var(--line); }
aside { border-left: 1px solid var(--line); }
h2 { position: sticky; top: -4px; z-index: 1; margin: 0; padding: 12px 16px 6px; background: var(--card); font-size: 11px; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); }
ul { list-style: none; margin: 0; padding: 0 8px; }
.users li, .conversations a { display: flex; align-items: center; gap: 8px; padding: 5px 8px; border-radius: 8px; }
a { color: inherit; text-decoration: none; }
.conversations a:hover { background: var(--page); }
.conversations a.here { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.conversations a.deleted .name { text-decoration: line-through; opacity: .6; }
.name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.quiet { color: var(--soft); font-weight: 400; }
p.quiet { margin: 2px 16px; }
.badge { flex: none; display: inline-grid; place-items: center; width: 20px; height: 20px; border-radius: 50%; background: hsl(var(--hue) 55% 88%); color: hsl(var(--hue) 60% 28%); font-size: 11px; font-weight: 700; text-transform: uppercase; }
@media (prefers-color-scheme: dark) { .badge { background: hsl(var(--hue) 35% 28%); color: hsl(var(--hue) 70% 85%); } }
table { width: 100%; border-collapse: collapse; table-layout: auto; font-size: 12.5px; }
td { padding: 3px 4px; white-space: nowrap; vertical-align: middle; font-variant-numeric: tabular-nums; color: var(--soft); }
td:first-child { padding-left: 16px; } td:last-child { padding-right: 16px; }
td.wide { width: 100%; max-width: 0; overflow: hidden; text-overflow: ellipsis; color: var(--ink); }
td.number { text-align: right; }
.wide a:hover { color: var(--accent); }
tr:hover td { background: var(--page); }
.method { font: 600 10.5px/1 ui-monospace, monospace; }
b.good, .done b { color: var(--good); } b.refused, .running b { color: var(--warn); } b.broken, .failed b { color: var(--bad); } b.waiting { color: var(--soft); }
main { position: relative; overflow: auto; background: radial-gradient(var(--dot) 1px, transparent 1.5px) 0 0 / 22px 22px; }
.canvas { position: relative; transform-origin: 0 0; }
.canvas svg { position: absolute; inset: 0; }
.canvas path { fill: none; stroke: var(--edge); stroke-width: 2; }
.node { position: absolute; display: flex; flex-direction: column; width: 360px; max-height: 176px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); overflow: hidden; box-shadow: 0 1px 2px #0001, 0 6px 18px #0000000d; }
.node h3 { display: flex; gap: 8px; margin: 0; padding: 10px 14px 4px; font-size: 13px; font-weight: 600; color: var(--soft); }
.node h3 span { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.node h3 i { font-weight: 400; } .node h3 b { color: var(--good); }
.node p { margin: 0 14px 12px; font-size: 16px; line-height: 1.4; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 5; line-clamp: 5; white-space: pre-line; overflow-wrap: anywhere; }
.node a, .node video { height: 126px; margin: 2px 10px 10px; }
.node video { width: calc(100% - 20px); border-radius: 8px; background: #000; }
.node img { width: 100%; height: 100%; border-radius: 8px; object-fit: cover; }
.node.prompt { background: var(--accent-soft); border-color: transparent; }
.node.prompt h3 { color: var(--accent); }
.node.other { border: 2px dashed var(--edge); }
.node.open { border-color: var(--warn); } .node.open h3 b { color: var(--warn); animation: pulse 1.2s infinite alternate; }
.node.failed { border-color: var(--bad); } .node.failed h3 b, .error { color: var(--bad); }
@keyframes pulse { to { opacity: .35; } }
@media (prefers-reduced-motion: reduce) { .node.open h3 b { animation: none; } }
.empty { display: grid; place-content: center; gap: 6px; height: 100%; margin: 0; padding: 24px; text-align: center; color: var(--soft); }
.empty p { margin: 0; } .empty code { color: var(--accent); }
@media (max-width: 1100px) { body { height: auto; grid-template: auto auto 70vh auto / minmax(0, 1fr); } nav, aside { border: 0; max-height: 40vh; } }
`;
