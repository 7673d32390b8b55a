/** How the player looks. Hosts may set the `--vorleser-*` properties and style the `part`s. */

export const sheet = new CSSStyleSheet();

sheet.replaceSync(`
:host {
  --accent: var(--vorleser-accent, light-dark(#a8321a, #ff9d7c));
  --on-accent: var(--vorleser-on-accent, light-dark(#fff, #221009));
  --ink: var(--vorleser-ink, light-dark(#211d18, #ece6dc));
  --soft: var(--vorleser-soft, light-dark(#665e54, #a79f93));
  --paper: var(--vorleser-paper, light-dark(#fffdf9, #211e1a));
  --line: var(--vorleser-line, light-dark(#e2dbcf, #3b362f));
  --tint: color-mix(in srgb, var(--accent) 16%, transparent);
  --font: var(--vorleser-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  --serif: var(--vorleser-serif, Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, Georgia, serif);
  color-scheme: var(--vorleser-color-scheme, inherit);
}
:host(:not([docked])) { display: block !important; min-height: 64px !important; }
:host(:not([docked])) slot { display: none; }
.bar, .reader, .panel {
  direction: ltr;
  font: max(15px, .9375rem)/1.4 var(--font); color: var(--ink); -webkit-text-size-adjust: 100%;
  letter-spacing: normal; word-spacing: normal; text-transform: none; text-align: start; text-indent: 0; white-space: normal; cursor: auto;
}
:host([hidden]), [hidden] { display: none !important; }
*, ::before, ::after { box-sizing: border-box; }
p, h2, ul, dl, dd { margin: 0; padding: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button, a, input, textarea, output { font: inherit; color: inherit; }
button, .row, a.chip {
  border: 0; background: none; padding: 0; cursor: pointer; text-decoration: none;
  -webkit-tap-highlight-color: transparent; touch-action: manipulation;
}
:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 2px; }
svg { width: 24px; height: 24px; display: block; flex: none; }
svg .line { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
svg .fill { fill: currentColor; }
svg text { font: 700 7.5px var(--font); text-anchor: middle; fill: currentColor; }

.bar {
  position: relative; container-type: inline-size;
  background: var(--paper);
  border: 1px solid var(--line);
  border-radius: var(--vorleser-radius, 14px);
}
:host([docked]) .bar {
  position: fixed; inset: auto 0 0; z-index: 5;
  border-width: 1px 0 0; border-radius: 0;
  padding-bottom: env(safe-area-inset-bottom);
  box-shadow: 0 -8px 28px light-dark(#3a2c1a14, #0006);
}
:host([docked]) { display: flex; flex-direction: column; }
:host([docked]) slot { display: block; flex: 1 0 auto; padding-bottom: 3rem; }

.controls {
  display: grid; align-items: center;
  grid-template: "title title" "print print" "seek seek" "times times" "transport transport" "speed side" / auto 1fr;
  padding: 12px 14px 8px; gap: 2px 8px;
  max-width: 74rem; margin: 0 auto;
}
.about { display: contents; }
.title {
  grid-area: title; min-height: 24px; font: 600 1.06em/1.3 var(--serif); text-decoration: none; overflow: hidden;
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
}
.print { grid-area: print; display: flex; flex-wrap: wrap; align-items: center; gap: 0 14px; }
.ai, .left-out { color: var(--soft); font-size: .8em; line-height: 1.5; }
.left-out { display: block; min-height: 24px; text-decoration: underline dotted 1px; text-underline-offset: .25em; }
.left-out:hover { color: var(--ink); }

.seek { grid-area: seek; position: relative; height: 28px; }
.rail, .marks { position: absolute; inset: 12px 0 auto; height: 4px; border-radius: 2px; pointer-events: none; }
.rail {
  --done: 0%; --made: 100%;
  background:
    linear-gradient(var(--accent) 0 0) 0 / var(--done) 100% no-repeat,
    linear-gradient(color-mix(in srgb, var(--soft) 45%, var(--line)) 0 0) 0 / var(--made) 100% no-repeat,
    var(--line);
}
.marks i { position: absolute; top: -3px; width: 2px; height: 10px; margin-left: -1px; background: var(--soft); border-radius: 1px; }
input[type=range] {
  appearance: none; -webkit-appearance: none; background: none; margin: 0; cursor: pointer; width: 100%; height: 28px;
}
.seek input { position: absolute; inset: 0; border-radius: 6px; }
input[type=range]::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: var(--line); }
input[type=range]::-moz-range-track { height: 4px; border-radius: 2px; background: var(--line); }
.seek input::-webkit-slider-runnable-track { background: none; }
.seek input::-moz-range-track { background: none; }
input[type=range]::-webkit-slider-thumb {
  -webkit-appearance: none; width: 16px; height: 16px; margin-top: -6px; border-radius: 50%; background: var(--accent);
  border: 0; transition: scale .15s;
}
input[type=range]::-moz-range-thumb { width: 16px; height: 16px; border: 0; border-radius: 50%; background: var(--accent); transition: scale .15s; }
input[type=range]:hover::-webkit-slider-thumb, input[type=range]:active::-webkit-slider-thumb { scale: 1.25; }
.tip {
  position: absolute; bottom: 30px; transform: translateX(-50%); pointer-events: none; white-space: nowrap;
  max-width: 22em; overflow: hidden; text-overflow: ellipsis;
  padding: 3px 9px; border-radius: 7px; background: var(--ink); color: var(--paper); font-size: .82em;
}
.times {
  grid-area: times; position: relative; display: grid; grid-template: "now status left" / auto minmax(0, 1fr) auto; gap: 10px; min-width: 0;
  font-size: .82em; font-variant-numeric: tabular-nums; color: var(--soft);
}
.now, .left { white-space: nowrap; min-width: var(--clock); }
.left { grid-area: left; text-align: end; }
.status { grid-area: status; text-align: center; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.transport { grid-area: transport; display: flex; align-items: center; justify-content: center; gap: 4px; }
.transport button, .side button, .speed {
  display: grid; place-items: center; min-width: 40px; height: 40px; border-radius: 20px; color: var(--ink);
}
.transport button:hover, .side button:hover, .speed:hover, .quiet:hover, .row:hover:not(:disabled) { background: var(--tint); }
.transport .play {
  width: 56px; height: 56px; border-radius: 50%; margin: 0 6px; color: var(--on-accent); background: var(--accent);
  position: relative; transition: scale .12s;
}
.transport .play:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); }
.transport .play:active { scale: .94; }
.play svg { width: 30px; height: 30px; }
.back svg, .forward svg { width: 28px; height: 28px; }
.speed { grid-area: speed; font-weight: 600; font-size: .92em; font-variant-numeric: tabular-nums; padding: 0 8px; }
.side { grid-area: side; display: flex; justify-self: end; align-items: center; }
.side .sleep { display: flex; align-items: center; gap: 4px; padding: 0 8px; font-size: .82em; font-variant-numeric: tabular-nums; color: var(--accent); }
:host([waiting]) .play::after {
  content: ""; position: absolute; inset: 4px; border-radius: 50%;
  border: 2.5px solid transparent; border-top-color: var(--on-accent);
  animation: turn 1s linear infinite, late .4s;
}
@keyframes turn { to { rotate: 1turn; } }
@keyframes late { from, 90% { opacity: 0; } }

.notice {
  display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; justify-content: center;
  padding: 9px 14px; font-size: .92em; border-bottom: 1px solid var(--line); background: var(--tint); border-radius: inherit;
  border-bottom-left-radius: 0; border-bottom-right-radius: 0;
}
.notice small { display: block; color: var(--soft); }
.chip {
  display: inline-block; min-height: 32px; padding: 5px 14px; border-radius: 16px; line-height: 22px;
  border: 1px solid var(--soft); font-size: .92em;
}
button.chip, a.chip { border: 1px solid var(--soft); padding: 4px 14px; }
.chip:hover { border-color: var(--accent); }
.chip[aria-pressed=true] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.to-place {
  position: absolute; bottom: calc(100% + 12px); left: 50%; translate: -50%; z-index: 1; white-space: nowrap;
  display: flex; gap: 7px; align-items: center; padding: 8px 16px 8px 12px; border-radius: 22px;
  background: var(--ink); color: var(--paper); font-size: .92em; box-shadow: 0 4px 16px #0004;
}
.to-place svg { width: 20px; height: 20px; }

.reader {
  max-height: min(50vh, 26rem); overflow: auto; padding: 6px 18px; margin-bottom: 8px; overscroll-behavior: contain;
  background: var(--paper); border: 1px solid var(--line); border-radius: var(--vorleser-radius, 14px);
}
.text { font: 1.12em/1.6 var(--serif); hyphens: auto; }
.text h1, .text h2, .text h3 { font-size: 1.1em; line-height: 1.3; margin: .9em 0 .4em; }
.text p, .text blockquote, .text ul { margin: .7em 0; }
.text [data-n] { position: relative; max-width: 38rem; margin-inline: auto; }
.text .here::before { content: ""; position: absolute; inset: .15em auto .15em -11px; width: 3px; border-radius: 2px; background: var(--accent); opacity: .75; }
.text li.here::before { left: -2.4em; }
.text [data-n] span { border-radius: 3px; cursor: pointer; --mark: #0000; box-shadow: 0 0 0 2px var(--mark); box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.text span:hover { text-decoration: underline dotted var(--soft) 1px; text-underline-offset: .25em; }
.text [data-n]:is(h1, h2, h3) span { box-shadow: 2px 0 var(--mark), -2px 0 var(--mark); }
.text [data-n] .now { --mark: var(--tint); background: var(--mark); }

.panel {
  background: var(--paper); border: 1px solid var(--line);
  padding: 0 8px 14px; width: 100%; max-width: 100%; max-height: min(85dvh, 40rem);
  margin: auto 0 0; border-radius: 18px 18px 0 0; overscroll-behavior: contain;
}
.panel::backdrop { background: #0005; }
.panel header { display: flex; align-items: center; min-height: 52px; position: sticky; top: 0; background: inherit; z-index: 1; }
.panel h2 { flex: 1; font: 600 1.06em var(--serif); outline: none; padding-left: 10px; }
.quiet { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 20px; }
.row {
  display: flex; align-items: center; gap: 14px; width: 100%; min-height: 46px; padding: 8px 12px; border-radius: 10px;
  text-align: start;
}
.row span { flex: 1; }
.row small, .lines small { display: block; color: var(--soft); font-size: .84em; line-height: 1.35; }
.row svg { color: var(--soft); }
.option svg { color: var(--accent); }
.option[aria-pressed=true] { font-weight: 600; }
.option small { font-weight: 400; }
.pair { display: flex; align-items: center; }
.row:disabled { opacity: .8; cursor: default; }
.row select { max-width: 55%; font: inherit; color: inherit; background: var(--tint); border: 0; border-radius: 8px; padding: 6px; }
.better { padding: 6px 12px; }
.hint { padding: 2px 12px 10px; color: var(--soft); font-size: .92em; }
.body > input[type=range] { padding: 0 12px; margin: 10px 0; }
.big { display: block; text-align: center; font: 600 2em var(--serif); font-variant-numeric: tabular-nums; }
.chips { display: grid; grid-template-columns: repeat(auto-fit, minmax(3.6em, 1fr)); gap: 6px; padding: 6px 12px; }
.chips .chip { padding: 4px 2px; }
.row .chips { flex: 0 1 12.5rem; padding: 0; }
textarea { width: calc(100% - 24px); margin: 0 12px 10px; padding: 10px; font: 13px/1.5 ui-monospace, monospace; color: var(--ink); background: none; border: 1px solid var(--soft); border-radius: 8px; resize: vertical; field-sizing: content; }
textarea + .chip { margin-left: 12px; }
.lines { list-style: none; }
.lines li { padding: 8px 12px; border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: auto 1fr; gap: 9px 18px; padding: 0 12px 12px; }
dt { font-weight: 600; white-space: nowrap; }
dd { color: var(--soft); }
input[type=checkbox] { width: 24px; height: 24px; accent-color: var(--accent); flex: none; }

:host(:is([docked], [layout=full], [open])) :is(.offer, .grow) { display: none; }
:host(:not([docked], [layout=full], [open])) :is(.title, .left-out, .seek, .times, .speed, .side, .transport button:not(.play)) { display: none; }
:host(:not([docked], [layout=full], [open])) .controls { grid-template: "transport offer grow" auto "transport print grow" auto / 44px minmax(0, 1fr) 40px; align-content: center; padding: 0 8px; gap: 0 10px; height: 3.875rem; max-width: none; }
:host(:not([docked], [layout=full], [open])) .transport .play { width: 44px; height: 44px; margin: 0; }
:host(:not([docked], [layout=full], [open])) .print { align-self: start; }
:host(:not([docked], [layout=full], [open])) .ai { font-size: .72rem; line-height: .82rem; }
.offer { grid-area: offer; align-self: end; font-weight: 600; font-size: 14.5px; line-height: 17px; cursor: pointer; }
.grow { grid-area: grow; display: grid; place-items: center; width: 40px; height: 40px; border-radius: 20px; }
.grow:hover { background: var(--tint); }

:host([docked]:not([folded])) .title { display: none; }
:host([folded]) .title { -webkit-line-clamp: 1; padding-top: 7px; min-height: 30px; }
@container (max-width: 859px) {
  :host([docked]) .controls { grid-template: "title title title" "seek seek seek" "times times times" "speed transport side" "print print print" / auto 1fr auto; padding: 0 10px 6px; gap: 0 2px; }
  :host([docked]) .print { justify-content: center; }
  :host([docked]) .transport { gap: 0; }
  :host([docked]) .speed { padding: 0 2px; min-width: 40px; }
}
@container (max-width: 639px) {
  :host([docked]) .mute, :host([docked]) .side .sleep span { display: none; }
  :host([docked]) .side .sleep { position: absolute; right: 12px; bottom: 4px; padding: 0; min-width: 24px; height: 24px; }
  .notice { justify-content: start; }
}
@container (max-width: 339px) {
  .offer { min-height: 34px; }
  .transport button { min-width: 34px; }
  .transport .play { margin: 0 2px; width: 50px; height: 50px; }
}
@container (max-width: 309px) {
  :host([docked]) :is(.transport button, .speed, .side button) { min-width: 30px; }
  :host([docked]) .transport .play { width: 46px; height: 46px; }
}
@container (min-width: 640px) {
  .controls { grid-template: "title title title" "print print print" "seek seek seek" "times transport side" / 1fr auto 1fr; padding: 14px 18px 10px; }
  .speed { grid-area: side; justify-self: start; margin-left: 14px; }
  .times { grid-template: "now left" / auto 1fr; }
  .left { text-align: start; }
  .status { position: absolute; top: 100%; max-width: 100%; }
}
@container (min-width: 640px) and (max-width: 859px) {
  :host([docked]) .controls { grid-template-columns: 1fr auto 1fr; padding-inline: 24px; }
  :host([docked]) .speed { grid-area: speed; margin: 0; }
  :host([docked]) .times { grid-template: "now status left" / auto minmax(0, 1fr) auto; }
  :host([docked]) .left { text-align: end; }
  :host([docked]) .status { position: static; }
}
@container (min-width: 860px) {
  :host([docked]) .controls { grid-template: "seek seek seek" "about transport side" / 1fr auto 1fr; padding: 0 24px 8px; }
  :host([docked]) .title { order: -2; padding: 0; }
  :host([docked]) .seek { margin-top: -2px; }
  :host([docked]) .about { grid-area: about; position: relative; align-self: start; min-width: 0; display: flex; flex-direction: column; }
  :host([docked]) .times { order: -1; position: static; }
  :host([docked]) .notice { padding-inline: 24px; }
}
@media (max-height: 440px) and (min-width: 560px) {
  :host([docked]) .controls { grid-template: "seek seek seek" "about transport side" / minmax(0, 1fr) auto minmax(0, 1fr); padding: 0 14px 2px; }
  :host([docked]) .about { grid-area: about; position: relative; min-width: 0; display: flex; flex-direction: column; }
  :host([docked]) .times { order: -1; grid-template: "now status left" / auto minmax(0, 1fr) auto; }
  :host([docked]) .print { justify-content: start; }
  :host([docked]) .ai { font-size: .72em; line-height: 1.3; }
  :host([docked]) .left-out { display: none; }
  :host([docked]) .seek, :host([docked]) .seek input { height: 22px; }
  :host([docked]) .rail, :host([docked]) .marks { top: 9px; }
  :host([docked]) .transport .play { width: 44px; height: 44px; }
  :host([docked]) .speed { grid-area: side; justify-self: start; }
}
@media (min-width: 640px) {
  .panel { margin: auto; width: 24rem; border-radius: 18px; }
  .panel::backdrop { background: #0003; }
  :host([docked]) .panel { margin: auto max(20px, (100vw - 72rem) / 2) 96px auto; }
}
@media (forced-colors: active) {
  .rail { forced-color-adjust: none; background: linear-gradient(Highlight 0 0) 0 / var(--done) 100% no-repeat, GrayText; }
  .transport .play { border: 2px solid ButtonText; }
  .text [data-n] .now { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .chip[aria-pressed=true] { forced-color-adjust: none; border-color: Highlight; background: Highlight; color: HighlightText; }
  .option[aria-pressed=true] { border: 2px solid Highlight; }
  input[type=range]::-webkit-slider-thumb { forced-color-adjust: none; background: Highlight; }
}
@media (prefers-contrast: more) { :host { --soft: var(--ink); --line: var(--ink); } }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; animation-duration: 4s !important; } }
`);
