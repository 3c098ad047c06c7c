import { groupsBy } from '../../../support/groups.ts';
import type { Changed } from '../../compliance/compare.ts';
import type { Report } from '../../compliance/report.ts';
import { timeText } from '../words.ts';
import { each, html, type Markup, nothing } from './markup.ts';

const priorityOf = ({ priority }: Changed): Markup =>
  priority === 'standard' ? html`${priority}` : html`<span class="bad">${priority}</span>`;
const reasonOf = ({ reason = '', exemption }: Changed): string =>
  exemption
    ? `${reason}; ${exemption.owner} answers for it until ${exemption.expires.slice(0, 10)}: ${exemption.reason}`
    : reason;
/** Since when, and who: only an installation knows. */
const historyOf = ({ since, by, among }: Changed): Markup => {
  const who = by === undefined ? (among === undefined ? '' : `, among ${among}`) : `, by ${by}`;
  return since === undefined && who === ''
    ? nothing
    : html` <span class="dim">${since === undefined ? '' : `since ${timeText(since)}`}${who}</span>`;
};
const statusOf = ({ status, exemption }: Changed): string => (exemption ? 'EXEMPTED' : status);

/** A line of results; the ends of rows and cells may be left out, which halves a page of ten thousand. */
const resultRow = (result: Changed): Markup =>
  html`<tr data-s="${statusOf(result)}"><td>${priorityOf(result)}<td>${result.account} ${result.region}<td>${result.arn}<td>${reasonOf(result)}${historyOf(result)}
`;
export const resultsTable = (caption: string, results: readonly Changed[]): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr><th scope="col">Priority</th><th scope="col">Account, region</th><th scope="col">Resource</th><th scope="col">Reason</th></tr></thead><tbody>
${each(results, resultRow)}</tbody></table></div>`;

/** Results by control, in the order in which the controls come first, each with what a person does about it. */
export const byControl = (
  { controls }: Report,
  results: readonly Changed[],
  prefix: string,
  what: string,
): readonly Markup[] =>
  [...groupsBy(results, ({ control }) => control)].map(([id, listed]) => {
    const { title = '', severity = '', advice = '', url = '' } = controls[id] ?? {};
    return html`<details id="${prefix}-${id}"><summary><strong>${id}</strong> ${title} <span class="dim">${severity.toLowerCase()}, ${listed.length}</span></summary>
<p>${advice} ${url.startsWith('https://') ? html`<a href="${url}">${id}, explained</a>` : nothing}</p>
${resultsTable(`${what} ${id}: ${listed.length}`, listed)}</details>
`;
  });
