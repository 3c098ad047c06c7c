import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { withOwnExemptions } from '../../engine/baseline/own-exemptions.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import type { Evaluation } from '../../pipeline/scan/scan-resource.ts';
import { plural } from '../../support/plural.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { evaluateAll, notLookedAtText } from '../evaluate-all.ts';
import type { Found } from '../find-resources.ts';
import { type NamedAmong, named, readerIn } from '../named-resources.ts';
import { draftedText, plainDraft } from '../output/drafted.ts';
import { progress } from '../output/progress.ts';
import { type Counts, countOf, exitCodeOf } from '../output/tally.ts';
import { ownBucketsIn, usualStack } from '../own-buckets.ts';
import { type Drafted, planResource } from '../plan-resource.ts';
import { regionOption, regionsNamed } from '../regions.ts';
import { subjectsOf } from '../subjects.ts';

const usage = `Usage: plumbline plan [options]

Evaluates the account live, with the credentials of the environment, and shows for every failure
the calls that would put it right, and whether they can be taken back. Nothing is deployed,
stored or changed; no stack is needed, and the mode of a control counts for nothing.

  --control <id>          only this control; may be repeated
  --resource <id or ARN>  only this resource
  --region <region>       may be repeated; else those that the baseline governs, or that of the
                          environment or profile
  --baseline <file>       else plumbline.yaml, else every control with its defaults
  --json                  as JSON

Exit code: 0 nothing but exempted findings, 1 findings, 2 something could not be evaluated.
Example: plumbline plan --control S3.8`;

const options = {
  control: { type: 'string', multiple: true },
  resource: { type: 'string' },
  ...regionOption,
  baseline: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Resources read at the same time. */
const concurrency = 10;

/** The resources on which something fails; all else is only counted. */
const failing = async (asked: NamedAmong, counts: Record<keyof Counts, number>) => {
  const found = new Map<string, Found>();
  const keep = ({ type, ref, control }: Evaluation) => {
    const key = `${ref.region} ${type.type} ${ref.id}`;
    const controls = [...(found.get(key)?.subject.controls ?? []), control];
    found.set(key, { subject: { type, controls }, ref });
  };
  const { notLookedAt } = await evaluateAll({
    ...asked,
    onEvaluated: (evaluations) => {
      for (const evaluation of evaluations) {
        if (evaluation.verdict.status === 'FAIL') keep(evaluation);
        else counts[countOf(evaluation)] += 1;
      }
    },
  });
  for (const one of notLookedAt) console.error(notLookedAtText(one));
  return { found: [...found.values()], isWhole: notLookedAt.length === 0 };
};

/** With what the stack here is made of exempted, where there is one. */
const exempting = async ([first]: readonly Found[], baseline: Baseline): Promise<Baseline> => {
  if (!first) return baseline;
  const { account } = first.ref;
  const stack = { name: usualStack, account, region: baseline.homeRegion };
  return withOwnExemptions(baseline, await ownBucketsIn(stack));
};

const planAll = async (found: readonly Found[], baseline: Baseline): Promise<Drafted[]> => {
  const line = progress(process.stderr);
  const drafted: Drafted[] = [];
  for (let from = 0; from < found.length; from += concurrency) {
    line.show(`planned ${from} of ${plural(found.length, 'resource')}`);
    const some = found.slice(from, from + concurrency).map(({ subject, ref }) => {
      return planResource(subject, ref, readerIn(ref.account, ref.region), baseline);
    });
    drafted.push(...(await Promise.all(some)));
  }
  line.clear();
  return drafted;
};

export const plan: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { resource, control = [], json } = args.values;
  const regions = regionsNamed(args.values.region);
  const controls = await allControls();
  const baseline = await baselineAt(args.values.baseline, controls);
  const subjects = subjectsOf(controls, baseline, { controls: control, resourceTypes: [] });
  const asked = { subjects, baseline, regions };
  const counts = { passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 };
  const { found, isWhole } =
    resource === undefined
      ? await failing(asked, counts)
      : { found: await named(resource, asked), isWhole: true };
  const drafted = await planAll(found, await exempting(found, baseline));
  const drafts = drafted.flatMap((each) => each.drafts);
  for (const evaluation of drafted.flatMap((each) => each.evaluations)) {
    counts[countOf(evaluation)] += 1;
  }
  console.log(
    json
      ? JSON.stringify({ counts, plans: drafts.map(plainDraft) }, undefined, 2)
      : draftedText(drafts, counts, baseline),
  );
  return isWhole ? exitCodeOf(counts) : 2;
};
