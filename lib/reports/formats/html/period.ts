import { plural } from '../../../support/plural.ts';
import type { Durations } from '../../history/durations.ts';
import type { Move } from '../../history/moved.ts';
import type { Moved, PeriodAbout } from '../../history/period-report.ts';
import { durationText, timeText } from '../words.ts';
import { html, type Markup, nothing } from './markup.ts';

const titles: readonly (readonly [Move, string])[] = [
  ['worse', 'Worse: passed at the beginning, fails at the end'],
  ['better', 'Better: failed at the beginning, passes at the end'],
  ['fresh', 'New: was not there at the beginning, fails at the end'],
  ['ended', 'Gone: failed at the beginning, is not there at the end'],
  ['restated', 'Restated: the baseline or Plumbline changed, and nobody made it worse or better'],
];

const movedRows = (moved: readonly Moved[]): readonly Markup[] =>
  moved.map(
    ({ control, account, region, resource, at = '', by = [] }) =>
      html`<tr><td>${control}<td>${account} ${region}<td>${resource}<td>${timeText(at)}<td>${by.join(', ')}
`,
  );
const movedTable = (title: string, moved: readonly Moved[]): Markup =>
  moved.length === 0
    ? html`<p>${title}: none.</p>`
    : html`<details open><summary>${title}: ${moved.length}</summary><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><caption>${title}</caption><thead><tr><th scope="col">Control</th><th scope="col">Account, region</th><th scope="col">Resource</th><th scope="col">Turned at</th><th scope="col">Pseudonyms</th></tr></thead><tbody>
${movedRows(moved)}</tbody></table></div></details>`;

const durationRow = (name: string, { count, median, ninth, longest }: Durations): Markup =>
  html`<tr><th scope="row">${name}</th><td>${count}</td><td>${durationText(median)}</td><td>${durationText(ninth)}</td><td>${durationText(longest)}</td></tr>`;

export const durationsTable = (
  of: string,
  rows: readonly (readonly [string, Durations])[],
): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="How long it took: ${of}"><table><caption>How long it took</caption><thead><tr><th scope="col">What</th><th scope="col">Cases</th><th scope="col">Half of them within</th><th scope="col">Nine of ten within</th><th scope="col">Longest</th></tr></thead><tbody>${rows.map(([name, durations]) => durationRow(name, durations))}</tbody></table></div>`;

/** What a history says of the period, beside how each requirement stands. */
export const periodPart = (period: PeriodAbout | undefined): Markup => {
  if (!period) return nothing;
  const { from, to, moved, detected, repaired, episodes, changes } = period;
  return html`<section aria-labelledby="period"><h2 id="period">The period</h2>
<p><time datetime="${from}">${timeText(from)}</time> until <time datetime="${to}">${timeText(to)}</time>: ${plural(episodes, 'failure')} in it, however short.</p>
${durationsTable('failures', [
  ['From the call to the finding', detected],
  ['From the failure to its end', repaired],
])}
${changes.length === 0 ? nothing : html`<ul>${changes.map(({ at, what }) => html`<li>${what === 'baseline' ? 'The baseline' : 'Plumbline'} changed in the day that begins ${timeText(at)}</li>`)}</ul>`}
${titles.map(([move, title]) =>
  movedTable(
    title,
    moved.filter((one) => one.move === move),
  ),
)}</section>
`;
};
