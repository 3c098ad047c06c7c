import { createHash } from 'node:crypto';
import { plural } from '../../../support/plural.ts';
import type { Changed, Comparison } from '../../compliance/compare.ts';
import type { Report } from '../../compliance/report.ts';
import { endingText, timeText } from '../words.ts';
import { actionsPart } from './actions.ts';
import { frameworkPart, numbers } from './framework.ts';
import { html, type Markup, nothing, piecesOf, raw } from './markup.ts';
import { periodPart } from './period.ts';
import { byControl, resultsTable } from './results.ts';
import { script } from './script.ts';
import { style } from './style.ts';

const sumOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; style-src ${sumOf(style)}; script-src ${sumOf(script)}; base-uri 'none'; form-action 'none'`;

const scopePart = ({
  scans,
  comparedWith,
  gaps,
}: Report): Markup => html`<section aria-labelledby="scope"><h2 id="scope">Scope, and what nobody looked at</h2>
<ul>${scans.map(({ account, at, regions, source }) => html`<li>Account ${account}, ${regions.join(', ')}, ${source === 'posture' ? 'as its installation knew it at' : 'at'} <time datetime="${at}">${timeText(at)}</time></li>`)}
${(comparedWith ?? []).map(({ account, at }) => html`<li>Compared with account ${account} at <time datetime="${at}">${timeText(at)}</time></li>`)}</ul>
<ul>${gaps.map((gap) => html`<li>${gap}</li>`)}</ul></section>
`;

const changesPart = (changes: Comparison | undefined): Markup => {
  if (!changes) return nothing;
  const parts: readonly (readonly [string, readonly Changed[]])[] = [
    ['Worse: fails now, and did not before', changes.worse],
    ['Better: failed before, and does not now', changes.better],
    ['Seen for the first time: nothing was evaluated there before', changes.firstSeen],
    ['Exempted since: fails as before, and somebody answers for it', changes.excepted],
    ['Open: failed before, and nobody can say how it is now', changes.open],
  ];
  return html`<section aria-labelledby="changes"><h2 id="changes">Worse and better</h2>
<p>${changes.same} failures as before.</p>
${parts.map(([title, listed]) => (listed.length === 0 ? html`<p>${title}: none.</p>` : html`<details open><summary>${title}: ${listed.length}</summary>${resultsTable(title, listed)}</details>`))}</section>
`;
};

/** Where no failure is known: what nobody looked at is not clean. */
const noFailureText = ({
  frameworks,
  unknown,
  notLookedAt = [],
}: Pick<Report, 'frameworks' | 'unknown' | 'notLookedAt'>): string => {
  const statuses = frameworks.flatMap(({ requirements }) =>
    requirements.flatMap(({ controls }) => controls.map(({ status }) => status)),
  );
  if (statuses.every((status) => status === 'NOT_ASSESSED'))
    return 'Nothing was evaluated: nobody can say what fails.';
  if (unknown.length > 0)
    return `Nothing is known to fail, and ${plural(unknown.length, 'verdict is', 'verdicts are')} unknown.`;
  return statuses.includes('NOT_ASSESSED') || notLookedAt.length > 0
    ? 'Nothing fails of what was evaluated.'
    : 'Nothing fails.';
};
const firstPart = ({
  first,
  failures,
  ...report
}: Report): Markup => html`<section aria-labelledby="first"><h2 id="first">What to do first</h2>
${
  first.length === 0
    ? html`<p>${noFailureText(report)}</p>`
    : html`<ol>${first.map(
        ({ control, severity, priority, priorityWhy, account, region, arn, reason, ...todo }) =>
          html`<li><strong>${control}</strong> ${severity.toLowerCase()}, ${priority} priority (${priorityWhy}): ${arn}, ${account} ${region}: ${reason ?? ''}. ${todo.command === undefined ? html`${todo.advice}` : html`<code>${todo.command}</code>`}</li>`,
      )}</ol>`
}${failures.length > first.length ? html`<p>${failures.length - first.length} more stand below, by control.</p>` : nothing}</section>
`;

const filterForm = html`<form hidden><div><label for="text">Filter by text</label><input id="text" name="text" type="search"></div><div><label for="status">Status</label><select id="status" name="status"><option value="">all</option><option value="FAILED">requirements failed</option><option value="UNKNOWN">unknown</option><option value="MANUAL">to attest</option><option value="MET">met</option><option value="FAIL">resources that fail</option><option value="EXEMPTED">exempted</option></select></div><p id="found" role="status" aria-live="polite"></p></form>
`;

const methodPart = ({
  plumbline,
  scans,
  schema,
}: Report): Markup => html`<section aria-labelledby="method"><h2 id="method">Method</h2>
<p>Plumbline ${plumbline}, ${schema}. A control fails where one resource fails it. A requirement stands as the worst of its controls: failed, unknown, exempted, met. Coverage is what has an answer, of all requirements; the score is what is met, attested or without a resource, of what has an answer. An exemption is not met. Shares are rounded down.</p>
<div class="scroll" tabindex="0" role="region" aria-label="What it was made from"><table><caption>What it was made from</caption><thead><tr><th scope="col">Account</th><th scope="col">At</th><th scope="col">Resources</th><th scope="col">By</th><th scope="col">SHA-256 of the scan</th><th scope="col">SHA-256 of the baseline</th></tr></thead><tbody>${scans.map(({ account, at, plumbline: by, sha256, resources, baseline }) => html`<tr><td>${account}</td><td>${timeText(at)}</td><td>${resources}</td><td>Plumbline ${by}</td><td><code>${sha256}</code></td><td><code>${baseline}</code></td></tr>`)}</tbody></table></div></section>
`;

/** One page with all in it, in pieces: no network, no script needed; the same report gives the same bytes. */
export const reportHtml = (report: Report): Iterable<string> => {
  const { frameworks, failures, exceptions, unknown, changes } = report;
  const title = `Compliance report, ${frameworks.map((each) => each.title).join(', ')}`;
  const listed = (
    name: string,
    id: string,
    results: readonly Changed[],
    prefix: string,
    what: string,
  ) => html`<section aria-labelledby="${id}"><h2 id="${id}">${name}: ${results.length}</h2>
${id === 'exceptions' && results.length > 0 ? html`<p>${endingText(report)}</p>` : nothing}${byControl(report, results, prefix, what)}</section>
`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${raw(policy)}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${raw(style)}</style></head>
<body><a class="skip" href="#main">To the content</a>
<header><h1>Compliance report</h1></header>
<nav aria-label="Parts of the page"><ul><li><a href="#scope">Scope</a></li><li><a href="#numbers">Numbers</a></li>${changes ? html`<li><a href="#changes">Worse and better</a></li>` : nothing}<li><a href="#first">What to do first</a></li><li><a href="#requirements">Requirements</a></li><li><a href="#failures">Failures</a></li><li><a href="#exceptions">Exceptions</a></li><li><a href="#unknown">Unknown</a></li>${report.actions ? html`<li><a href="#actions">Actions</a></li>` : nothing}<li><a href="#method">Method</a></li></ul></nav>
<main id="main">
${scopePart(report)}<section aria-labelledby="numbers"><h2 id="numbers">Three numbers</h2>
${frameworks.map((framework) => html`<h3>${framework.title}</h3>${numbers(framework)}`)}</section>
${periodPart(report.period)}${changesPart(changes)}${firstPart(report)}<section aria-labelledby="requirements"><h2 id="requirements">Requirements</h2>
${filterForm}${frameworks.map(frameworkPart)}</section>
${listed('Failures', 'failures', failures, 'fail', 'Fails')}${listed('Exceptions, the one that ends first at the head', 'exceptions', exceptions, 'exempt', 'Exempted from')}${listed('Unknown', 'unknown', unknown, 'unknown', 'Unknown of')}${actionsPart(report.actions)}${methodPart(report)}</main>
<script>${raw(script)}</script></body></html>
`;
  return piecesOf(page);
};
