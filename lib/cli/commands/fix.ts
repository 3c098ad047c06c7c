import { randomUUID } from 'node:crypto';
import { baselinesOf } from '../../engine/baseline/baseline-away.ts';
import { actionId, planHash } from '../../engine/remediation/action.ts';
import { parsed } from '../arguments.ts';
import { askAndWait, patienceFor } from '../ask-and-wait.ts';
import { checkAskable, isAgreed } from '../ask-first.ts';
import type { Command } from '../command.ts';
import { deployedOptions, deployedUsage } from '../deployed.ts';
import { checkScope, deployedToOperator } from '../operator.ts';
import { leftAlone } from '../output/left-alone.ts';
import { planLines } from '../output/plan-text.ts';
import { checkAllowed, checkRisk, planNow } from '../plan-now.ts';
import { checkRemediated, rowOf } from '../row-of.ts';
import { enabledNamed } from '../subjects.ts';

const usage = `Usage: plumbline fix <resource> <control> [options]

Puts one failure right through the deployed Plumbline, under all its guards. Shows the current
plan, asks you, and waits for the verdict. If the plan changes after you agreed, it is refused.

  <resource>           an id or ARN
  --accept-disruptive  take it that something restarts, costs or slows down
  --yes                do not ask
  --wait <seconds>     how long to wait for the outcome
${deployedUsage}

Exit code: 0 verified, 1 asked for but not verified, 2 not asked for.
Example: plumbline fix my-bucket S3.8`;

const options = {
  ...deployedOptions,
  'accept-disruptive': { type: 'boolean', default: false },
  yes: { type: 'boolean' },
  wait: { type: 'string' },
} as const;

export const fix: Command = async (argv) => {
  const args = parsed(argv, options, usage, 2);
  if (!args) return 0;
  const { json, wait, 'accept-disruptive': isAccepted } = args.values;
  const [resource = '', named = ''] = args.positionals;
  const seconds = patienceFor(wait);
  checkAskable(args.values);
  const plumbline = await deployedToOperator(args.values, named);
  const control = enabledNamed(plumbline.controls, plumbline.baseline, named);
  const row = await rowOf(resource, control, plumbline);
  checkRemediated(row, plumbline);
  checkScope(plumbline, 'fix', row.ref.account);
  const { type, ref, arn } = row;
  const plan = await planNow(control, { type, ref }, plumbline);
  checkAllowed(control, row, plumbline);
  checkRisk(plan, control, isAccepted, plumbline);
  const baseline = baselinesOf(plumbline.baseline, plumbline.stack.account)(ref.account);
  const lines = [
    ...planLines(plan),
    ...leftAlone(control, row, { ...plumbline, baseline }).map((one) => `    ${one}`),
  ];
  if (!json) console.log([`${control.id} on ${arn ?? ref.id}`, ...lines].join('\n'));
  if (!(await isAgreed('Do this?', args.values))) return 2;
  const ids = [control.id];
  return askAndWait(
    {
      version: 1,
      ask: 'remediate',
      id: actionId({ type, ref, controls: ids, episodes: [], attempt: randomUUID() }),
      type,
      ref,
      controls: ids,
      askedBy: { kind: 'person', who: plumbline.operator },
      shown: planHash(plan),
      ...(isAccepted ? { accepts: 'disruptive' } : {}),
    },
    { seconds, isJson: json === true },
    plumbline,
  );
};
