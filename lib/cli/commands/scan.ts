import { allControls } from '../../controls/index.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import { byPriority, type Result } from '../../reports/result.ts';
import { resultTable } from '../../reports/table.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Judged, judgeAll } from '../judge-all.ts';
import { type Counts, countOf, exitCodeOf, resultOf } from '../output/tally.ts';
import { subjectsOf } from '../subjects.ts';

const usage = `Usage: plumbline scan [options]

Judges every resource of the account once, with the credentials of the environment,
against AWS or AWS_ENDPOINT_URL. Nothing is deployed, stored or changed.

  --control <id>          only this control; may be repeated
  --resource-type <type>  only resources of this type; may be repeated
  --region <region>       may be repeated; else the region of the environment or profile
  --baseline <file>       else plumbline.yaml, else every control with its defaults
  --json                  as JSON

Exit code: 0 nothing but exempted findings, 1 findings, 2 something could not be judged.`;

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
  const judged = await judgeAll({
    subjects,
    baseline,
    regions: args.values.region ?? [],
    onJudged: (judgements) => {
      for (const judgement of judgements) {
        counts[countOf(judgement)] += 1;
        results.push(...resultOf(judgement));
      }
    },
  });
  if (args.values.json) {
    const sorted = results.toSorted(byPriority).map(plain);
    console.log(JSON.stringify({ ...judged, counts, results: sorted }, undefined, 2));
    return exitCodeOf(counts);
  }
  if (results.length > 0) console.log(resultTable(results, process.stdout.columns));
  console.log(summary(counts, judged, ((performance.now() - start) / 1000).toFixed(1)));
  return exitCodeOf(counts);
};
