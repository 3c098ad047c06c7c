import { type Action, isConcluded } from '../../engine/remediation/action.ts';
import { undoRequest } from '../../engine/remediation/request.ts';
import type { Call } from '../../model/control.ts';
import { isUnproven, whyNoUndo } from '../../pipeline/remediate/why-no-undo.ts';
import { UserError } from '../../support/user-error.ts';
import { actionNamed, checkActionId } from '../action-named.ts';
import { parsed } from '../arguments.ts';
import { askAndWait, patienceFor } from '../ask-and-wait.ts';
import { checkConfirmable, isConfirmed } from '../ask-first.ts';
import type { Command } from '../command.ts';
import { deployedOptions, deployedUsage } from '../deployed.ts';
import { checkScope, deployedToOperator } from '../operator.ts';
import { callLines } from '../output/plan-text.ts';
import { checkRemediated } from '../row-of.ts';

const usage = `Usage: plumbline undo <action> [options]

Puts back what was there before an action, unless the resource has been changed since. The
controls then fail again, and are left alone for a while (holdHours in the baseline). That opens
or weakens something, so the action's id is typed once more.

  <action>            its id, as the command actions lists it: pl-…
  --confirm <action>  the same id, where nobody can type it
  --wait <seconds>    how long to wait for the outcome
${deployedUsage}

Exit code: 0 verified, 1 asked for but not verified, 2 not asked for.
Example: plumbline undo pl-0123456789abcdef0123`;

const options = {
  ...deployedOptions,
  confirm: { type: 'string' },
  // Said of every other command that asks: told to be none here.
  yes: { type: 'boolean' },
  wait: { type: 'string' },
} as const;

const callsOf = ({ plan }: Action): readonly Call[] =>
  plan?.kind === 'calls' && 'calls' in plan.undo ? plan.undo.calls : [];

/** The calls of what is not taken back by itself, where a person may make them. */
const byHand = (action: Action): readonly string[] =>
  isConcluded(action) && isUnproven(action) && callsOf(action).length > 0
    ? [
        'Look at these calls, which nothing proves, before you make them:',
        ...callLines(callsOf(action), '    '),
      ]
    : [];

const shown = (action: Action): string => {
  const { id, arn, controls } = action;
  const calls = callsOf(action);
  return [`takes back ${id}: ${controls.join(', ')} on ${arn}`, ...callLines(calls, '    ')].join(
    '\n',
  );
};

export const undo: Command = async (argv) => {
  const args = parsed(argv, options, usage, 1);
  if (!args) return 0;
  const { json, wait } = args.values;
  const [undoes = ''] = args.positionals;
  checkActionId(undoes);
  checkConfirmable(undoes, args.values);
  const seconds = patienceFor(wait);
  const plumbline = await deployedToOperator(args.values);
  const action = await actionNamed(undoes, plumbline);
  const why = whyNoUndo(action);
  if (why !== undefined) throw new UserError([why, ...byHand(action)].join('\n'));
  checkRemediated(action, plumbline);
  checkScope(plumbline, 'undo', action.ref.account);
  if (!json) console.log(shown(action));
  if (!(await isConfirmed(undoes, args.values))) return 2;
  return askAndWait(
    undoRequest(action, plumbline.operator),
    { seconds, isJson: json === true },
    plumbline,
  );
};
