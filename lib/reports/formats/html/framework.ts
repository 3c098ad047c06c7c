import type { FrameworkReport } from '../../compliance/report.ts';
import type { RequirementStanding, RequirementStatus } from '../../compliance/standing.ts';
import { threeNumbers } from '../../compliance/summary.ts';
import { controlWords, requirementWords } from '../words.ts';
import { html, type Markup, nothing } from './markup.ts';

const classes: Readonly<Record<RequirementStatus, string>> = {
  FAILED: 'bad',
  UNKNOWN: 'warn',
  EXEMPTED: 'warn',
  MET: 'good',
  NO_RESOURCES: 'good',
  ATTESTED: 'good',
  MANUAL: 'warn',
  NOT_ASSESSED: 'dim',
  NOT_YET: 'dim',
};

export const numbers = ({ summary }: FrameworkReport): Markup =>
  html`<dl class="three">${threeNumbers(summary).map(
    ([name, share, of]) =>
      html`<div><dt>${name}</dt><dd><span class="share">${share}</span><br>${of}</dd></div>`,
  )}</dl>`;

const controlsOf = ({ controls }: RequirementStanding): readonly Markup[] =>
  controls.map(({ id, status, failed, unknown, exempted, passed }, index) => {
    const shown = status === 'FAIL' ? html`<a href="#fail-${id}">${id}</a>` : html`${id}`;
    const counts = [
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(unknown > 0 ? [`${unknown} unknown`] : []),
      ...(exempted > 0 ? [`${exempted} exempted`] : []),
      ...(passed > 0 ? [`${passed} passed`] : []),
    ].join(', ');
    const said = counts === '' ? controlWords[status] : `${controlWords[status]}: ${counts}`;
    return html`${index > 0 ? html`<br>` : nothing}${shown} <span class="dim">${said}</span>`;
  });

const noteOf = ({
  isPart,
  missing,
  attestation,
  controls,
}: RequirementStanding): readonly Markup[] => {
  const off = controls.filter(({ notIn }) => notIn.length > 0).map(({ id }) => id);
  const lacks = [
    ...(missing.length > 0 ? [`no control yet for Security Hub's ${missing.join(', ')}`] : []),
    ...(isPart && off.length > 0 ? [`not evaluated everywhere: ${off.join(', ')}`] : []),
  ];
  return [
    attestation
      ? html`${attestation.by} attests it until ${attestation.until}: ${attestation.link}<br>`
      : nothing,
    lacks.length > 0 ? html`<span class="dim">${lacks.join('; ')}</span>` : nothing,
  ];
};

const row = (standing: RequirementStanding): Markup => {
  const { id, level = '', title, status, isPart } = standing;
  return html`<tr data-s="${status}"><th scope="row">${id}${title === undefined ? nothing : html` ${title}`}</th><td>${level}</td><td><span class="${classes[status]}">${requirementWords[status]}</span>${isPart ? ', in part' : ''}</td><td>${controlsOf(standing)}</td><td>${noteOf(standing)}</td></tr>
`;
};

const sectionsOf = ({ requirements }: FrameworkReport): readonly string[] => [
  ...new Set(requirements.map(({ section }) => section)),
];

/** Requirements by section; what is open stands open. */
export const frameworkPart = (framework: FrameworkReport): Markup => {
  const { id, title, publisher, url, source, date, sections, requirements, changes } = framework;
  const parts = sectionsOf(framework).map((section) => {
    const listed = requirements.filter((each) => each.section === section);
    const failed = listed.filter(({ status }) => status === 'FAILED').length;
    const name = [section, sections[section]].filter((one) => one && one !== '').join(' ');
    const isNamedTwice = sections[section] === section;
    const shown = isNamedTwice ? section : name === '' ? 'Others' : name;
    return html`<details${failed > 0 ? html` open` : nothing}><summary><strong>${shown}</strong> <span class="dim">${listed.length}, ${failed} failed</span></summary>
<div class="scroll" tabindex="0" role="region" aria-label="${title}, ${shown}"><table><caption>${title}, ${shown}</caption><thead><tr><th scope="col">Requirement</th><th scope="col">Level</th><th scope="col">Status</th><th scope="col">Controls</th><th scope="col">Notes</th></tr></thead><tbody>
${listed.map(row)}</tbody></table></div></details>
`;
  });
  return html`<section aria-labelledby="f-${id}"><h3 id="f-${id}">${title}</h3>
<p class="dim">By ${publisher}${url.startsWith('https://') ? html`; <a href="${url}">its text</a>` : nothing}. ${source}, ${date}.</p>
${changes && changes.length > 0 ? html`<ul>${changes.map(({ id: changed, before, now }) => html`<li>${changed}: was ${requirementWords[before]}, is ${requirementWords[now]}</li>`)}</ul>` : nothing}
${parts}</section>
`;
};
