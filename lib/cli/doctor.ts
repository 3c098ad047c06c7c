import type { Judgement } from '../aws/scan-resource.ts';
import { allControls } from '../controls/index.ts';
import { defaultBaseline } from '../engine/baseline.ts';
import { paint } from '../report/paint.ts';
import { parsed } from './arguments.ts';
import { judgeAll } from './judge-all.ts';
import type { Command } from './main.ts';
import { byId } from './order.ts';
import { subjectsOf } from './subjects.ts';
import { countOf, exitCodeOf } from './tally.ts';

const usage = `Usage: plumbline doctor [--region <region>] [--json]

Says where Plumbline is blind in this account and region: what it needs to hear of
changes and to publish findings, whatever the baseline enables.

  --region <region>  may be repeated; else the region of the environment or profile
  --json             as JSON

Exit code: 0 it sees, 1 it is blind, 2 something could not be looked up.`;

const isOfBlindness = ({ id }: { readonly id: string }): boolean => id.startsWith('PL.BLIND.');

const mark = {
  PASS: paint.green('ok     '),
  FAIL: paint.red('BLIND  '),
  UNKNOWN: paint.yellow('unknown'),
  NOT_APPLICABLE: paint.dim('n/a    '),
} as const;

const line = ({ control, verdict, ref }: Judgement): string => {
  const head = `${mark[verdict.status]}  ${ref.region}  ${control.id}  ${control.title}`;
  if (verdict.status === 'PASS') return head;
  const advice = verdict.status === 'FAIL' ? [`         ${control.remediation.advice}`] : [];
  return [head, `         ${verdict.reason}`, ...advice].join('\n');
};

const plain = ({ control, verdict, ref }: Judgement) => ({
  control: control.id,
  title: control.title,
  region: ref.region,
  ...verdict,
});

export const doctor: Command = async (argv) => {
  const options = {
    region: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  } as const;
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const controls = (await allControls()).filter(isOfBlindness);
  const baseline = defaultBaseline(controls);
  const judgements: Judgement[] = [];
  await judgeAll({
    subjects: subjectsOf(controls, baseline, { controls: [], resourceTypes: [] }),
    baseline,
    regions: args.values.region ?? [],
    onJudged: (of) => judgements.push(...of),
  });
  const sorted = judgements.toSorted((a, b) => byId(a.control, b.control));
  console.log(
    args.values.json
      ? JSON.stringify(sorted.map(plain), undefined, 2)
      : sorted.map(line).join('\n'),
  );
  const counts = { passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 };
  for (const judgement of sorted) counts[countOf(judgement)] += 1;
  return exitCodeOf(counts);
};
