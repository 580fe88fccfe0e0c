/** The look of a page, by variables that the colour scheme sets. */
export const STYLE = `
:root { --paper: #fdfdfb; --ink: #1d2126; --faint: #667079; --line: #e3e5e3; --card: #f3f4f1; --good: 34 139 84; --bad: 190 60 50;
  --series-1: #2563a8; --series-2: #c2571a; --series-3: #2f8f5b; --series-4: #8a4fb5; --series-5: #a8861a; --series-6: #b03a62; }
@media (prefers-color-scheme: dark) { :root { --paper: #16191c; --ink: #e4e7e9; --faint: #98a2aa; --line: #2c3237; --card: #1f2428; --good: 90 190 130; --bad: 230 110 95;
  --series-1: #6db1f2; --series-2: #f0975a; --series-3: #6fcf97; --series-4: #c39be3; --series-5: #dcbf5f; --series-6: #ee86a8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem clamp(0.9rem, 4vw, 2.5rem) 4rem; max-width: 72rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin: 2.2rem 0 0.7rem; } header p { color: var(--faint); margin: 0.2rem 0 1.2rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.6rem; margin: 0; }
.figures div { background: var(--card); border-radius: 0.5rem; padding: 0.6rem 0.8rem; } dt { color: var(--faint); font-size: 0.8rem; } dd { margin: 0; font-size: 1.2rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.2rem; }
figure { margin: 0; min-width: 0; } figcaption { font-size: 0.9rem; color: var(--faint); } .u-legend { font-size: 0.8rem; color: var(--ink); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; } th { color: var(--faint); font-weight: 500; } th:first-child, td:first-child { text-align: left; }
.u-legend th, .u-legend td { border: 0; padding: 2px 4px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); gap: 0.8rem; } .pictures img { width: 100%; border-radius: 0.4rem; display: block; image-rendering: auto; }
.pictures figcaption { line-height: 1.25; padding-top: 0.25rem; } .wrong { color: rgb(var(--bad)); } .right { color: rgb(var(--good)); }
pre { background: var(--card); padding: 0.8rem; border-radius: 0.5rem; overflow-x: auto; font-size: 0.85rem; }
`;
