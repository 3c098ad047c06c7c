import { catalogue } from '../../../reporting/catalogue.ts';
import { inTags } from '../../../reports/compliance/in-tags.ts';
import type { Recorded } from '../../../reports/compliance/record.ts';
import { type Report, reportOf } from '../../../reports/compliance/report.ts';
import { threeNumbers } from '../../../reports/compliance/summary.ts';
import { reportCsv } from '../../../reports/formats/csv.ts';
import { reportHtml } from '../../../reports/formats/html/page.ts';
import { reportJson } from '../../../reports/formats/json.ts';
import { reportMarkdown } from '../../../reports/formats/markdown.ts';
import { reportOcsf, reportOcsfDetection } from '../../../reports/formats/ocsf.ts';
import { written } from '../../../support/written.ts';
import type { Command, ExitCode } from '../../command.ts';
import { printed } from '../../output/printed.ts';
import { version } from '../../version.ts';
import { attestationsAt } from './attestations.ts';
import { aboutControl, frameworkNamed } from './report-frameworks.ts';
import { type Rendered, reportAsked } from './report-options.ts';
import { periodSources } from './report-period.ts';
import { earlierIn } from './report-scope.ts';
import { savedScans, sourcesOf } from './report-sources.ts';

const renderers = {
  html: reportHtml,
  csv: reportCsv,
  json: reportJson,
  ocsf: reportOcsf,
  'ocsf detection': reportOcsfDetection,
  markdown: reportMarkdown,
} as const satisfies Readonly<Record<Rendered, (report: Report) => Iterable<string>>>;

const exitCodeOf = (
  { frameworks, notLookedAt = [] }: Report,
  sources: readonly { readonly scan: Pick<Recorded, 'isSelective'> }[],
): ExitCode => {
  if (notLookedAt.length > 0) return 2;
  const statuses = frameworks.flatMap(({ requirements }) =>
    requirements.map((each) => each.status),
  );
  const isLeftOut =
    sources.some(({ scan }) => scan.isSelective) && statuses.includes('NOT_ASSESSED');
  const isIncomplete = isLeftOut || statuses.includes('UNKNOWN');
  if (isIncomplete || !frameworks.some(({ summary }) => summary.assessed > 0)) return 2;
  return statuses.includes('FAILED') ? 1 : 0;
};

const saidOf = ({ frameworks }: Report, out: string): string =>
  [
    ...frameworks.flatMap(({ title, summary }) => [
      title,
      ...threeNumbers(summary).map(
        ([name, share, of]) => `  ${name.padEnd(11)}${share.padStart(5)}  ${of}`,
      ),
    ]),
    `written to ${out}`,
  ].join('\n');

export const report: Command = async (argv) => {
  const asked = reportAsked(argv);
  if (!asked) return 0;
  const known = await catalogue();
  const frameworks = [];
  for (const name of asked.standards) frameworks.push(await frameworkNamed(name, known));
  const attestations = await attestationsAt(asked.attestations);
  const compare = await savedScans('--compare', asked.compare);
  // Refused before anything is read.
  for (const { scan, file } of compare) inTags(scan, asked.scope.tags, [], file);
  const { scope, ...from } = asked.history
    ? await periodSources(asked.history, known, asked.scope)
    : await sourcesOf(asked.sources, asked.scope);
  const earlier = earlierIn(compare, asked.scope, from.sources);
  const made = reportOf({
    plumbline: version(),
    ...from,
    ...(scope === undefined ? {} : { scope }),
    frameworks,
    attestations,
    ...(earlier.length > 0 ? { earlier } : {}),
    about: aboutControl(known),
    isPlanned: known.canFix,
  });
  const pieces = renderers[asked.format](made);
  if (asked.out === undefined) await printed(pieces);
  else {
    await written(asked.out, pieces);
    console.log(saidOf(made, asked.out));
  }
  return exitCodeOf(made, from.sources);
};
