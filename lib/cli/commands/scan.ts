import { attempted } from '../../aws/errors.ts';
import { allControls } from '../../controls/index.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import { byPriority, type Result } from '../../reports/result.ts';
import { resultTable } from '../../reports/table.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Judged, judgeAll } from '../judge-all.ts';
import { type Counts, countOf, exitCodeOf, missingText, resultOf } from '../output/tally.ts';
import { subjectsOf } from '../subjects.ts';

const usage = `Usage: plumbline scan [options]

Judges every resource of the account once, with the credentials of the environment,
against AWS or AWS_ENDPOINT_URL. Nothing is deployed, stored or changed.

  --control <id>          only this control; may be repeated
  --resource-type <type>  only resources of this type; may be repeated
  --region <region>       may be repeated; else the region of the environment or profile
  --baseline <file>       else plumbline.yaml, else every control with its defaults
  --json                  as JSON

Exit code: 2 something could not be judged, else 1 findings, else 0.`;

const options = {
  control: { type: 'string', multiple: true },
  'resource-type': { type: 'string', multiple: true },
  region: { type: 'string', multiple: true },
  baseline: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const plain = ({ control, verdict, priority, exemption, ...where }: Result) => ({
  control: control.id,
  title: control.title,
  severity: control.severity,
  ...where,
  ...verdict,
  priority: priority.level,
  priorityWhy: priority.why,
  ...(exemption ? { exemption } : {}),
});

const summary = (counts: Counts, { resources, calls }: Judged, seconds: string): string => {
  const { failed, exempted, unknown, passed, notApplicable } = counts;
  return `${failed} failed, ${exempted} exempted, ${unknown} unknown, ${passed} passed, ${notApplicable} not applicable; ${resources} resources, ${calls} calls, ${seconds} s`;
};

const nothingJudged = ({ account, regions }: Judged): string =>
  `Nothing was judged in account ${account}, ${regions.join(', ')}: there is no resource of these types.`;
/** Where nothing was judged nothing can be called clean. */
const codeOf = (counts: Counts, { resources }: Judged) =>
  resources === 0 ? 2 : exitCodeOf(counts);

export const scan: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const start = performance.now();
  const controls = await allControls();
  const baseline = await baselineAt(args.values.baseline, controls);
  const subjects = subjectsOf(controls, baseline, {
    controls: args.values.control ?? [],
    resourceTypes: args.values['resource-type'] ?? [],
  });
  const results: Result[] = [];
  const counts = { passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 };
  const asked = await attempted(() =>
    judgeAll({
      subjects,
      baseline,
      regions: args.values.region ?? [],
      onJudged: (judgements) => {
        for (const judgement of judgements) {
          counts[countOf(judgement)] += 1;
          results.push(...resultOf(judgement));
        }
      },
    }),
  );
  // What was judged before the credentials ended, or the way to AWS, is not lost.
  if ('failure' in asked) {
    if (results.length > 0 && !args.values.json)
      console.log(resultTable(results, process.stdout.columns));
    if (counts.passed + counts.failed > 0)
      console.error(
        `This scan is not complete: ${counts.failed} failed, ${counts.passed} passed until it ended.`,
      );
    throw asked.failure;
  }
  const judged = asked.value;
  if (args.values.json) {
    const sorted = results.toSorted(byPriority).map(plain);
    console.log(JSON.stringify({ ...judged, counts, results: sorted }, undefined, 2));
    return codeOf(counts, judged);
  }
  if (results.length > 0) console.log(resultTable(results, process.stdout.columns));
  console.log(summary(counts, judged, ((performance.now() - start) / 1000).toFixed(1)));
  const missing = missingText(results);
  if (missing) console.error(missing);
  if (judged.resources === 0) console.error(nothingJudged(judged));
  return codeOf(counts, judged);
};
