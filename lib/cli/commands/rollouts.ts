import Table from 'cli-table3';
import type { KeptRollout } from '../../aws/stores/rollouts.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { type Action, actionId } from '../../engine/remediation/action.ts';
import type { Rollout } from '../../engine/rollouts/rollout.ts';
import { hostInstance } from '../../pipeline/hosts/host-instance.ts';
import { paint } from '../../reports/paint.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import { askedOf, askPlumbline, askUntil } from '../ask-plumbline.ts';
import type { Command } from '../command.ts';
import { type Deployed, deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { deployedToOperator, type Operated } from '../operator.ts';
import { byId } from '../output/order.ts';
import { subcommand } from '../subcommand.ts';
import { latestMonths } from './actions.ts';
import { controlNamed } from './explain.ts';

const usage = `Usage: plumbline rollouts [list] [options]
       plumbline rollouts start <control> [options]

What is put right on hosts by itself is tried on a few of them first. Lists how far each fix has
come; starts one again that stopped, and asks again for the hosts that it has held up.

${deployedUsage}`;
const startUsage = `Usage: plumbline rollouts start <control> [options]

Starts a fix again that stopped, on other hosts first, and asks again for the hosts that the stop
has held up.

${deployedUsage}`;

const most = 1000;

const stateOf = ({ stopped, openedAt }: Rollout): string => {
  if (stopped) return paint.red('stopped');
  return openedAt === undefined ? paint.cyan('trying') : paint.green('open');
};
const whyOf = ({ stopped, openedAt, canaries, slots }: Rollout): string => {
  if (stopped) return `${stopped.host}: ${stopped.why}\nplumbline action ${stopped.action}`;
  return openedAt === undefined ? `${canaries.length} of ${slots}` : `since ${openedAt}`;
};

const listRollouts: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, usage);
  if (!args) return 0;
  const { rollouts } = await deployed(args.values);
  const all = (await rollouts.all())
    .map(({ rollout }) => rollout)
    .toSorted((a, b) => byId({ id: a.control }, { id: b.control }));
  if (args.values.json) {
    console.log(JSON.stringify(all, undefined, 2));
    return 0;
  }
  const table = new Table({
    head: ['Control', 'System', 'Rollout', 'Tried on', 'How far'],
    style: { head: [], border: [], compact: true },
  });
  for (const one of all) {
    const hosts = one.canaries.map(({ host }) => host).join('\n');
    table.push([one.control, one.system, stateOf(one), hosts, whyOf(one)]);
  }
  console.log(all.length > 0 ? table.toString() : 'nothing is put right on hosts by itself');
  return 0;
};

/** The latest action of each host that the stop has blocked. */
const heldUp = async (
  control: string,
  stopped: readonly KeptRollout[],
  { ledger }: Deployed,
): Promise<readonly Action[]> => {
  const since = stopped.map(({ rollout }) => rollout.stopped?.at ?? '').sort()[0] ?? '';
  const months = latestMonths(new Date()).filter((month) => month >= since.slice(0, 7));
  const blocked = await ledger.list(
    months,
    most,
    ({ guard, controls, startedAt }) =>
      guard === 'rollout' && controls.includes(control) && startedAt >= since,
  );
  // They come with the latest first.
  return [...new Map(blocked.toReversed().map((one) => [keyOf(one), one])).values()];
};

const askAgain = async (actions: readonly Action[], plumbline: Operated): Promise<void> => {
  await askPlumbline(
    actions.map(({ id, type, ref, controls, askedBy }) => ({
      version: 1,
      ask: 'remediate',
      id: actionId({ type, ref, controls, episodes: [], attempt: `after ${id}` }),
      type,
      ref,
      controls,
      askedBy,
    })),
    plumbline,
  );
};

const startRollout: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, startUsage, 1);
  if (!args) return 0;
  const plumbline = await deployedToOperator(args.values);
  const { id } = controlNamed(plumbline.controls, args.positionals[0] ?? '');
  const all = await plumbline.rollouts.all();
  const stopped = all.filter(({ rollout }) => rollout.control === id && rollout.stopped);
  if (stopped.length === 0) throw new UserError(`no rollout of ${id} has stopped`);
  const actions = await heldUp(id, stopped, plumbline);
  const { account, region } = plumbline.stack;
  const asked = askedOf(hostInstance.type, { account, region, id }, plumbline);
  const isBegun = async () =>
    !(await plumbline.rollouts.all()).some(
      ({ rollout }) => rollout.control === id && rollout.stopped,
    );
  await askUntil(
    { ...asked, ask: 'restart', control: id },
    'the start of the rollout',
    isBegun,
    plumbline,
  );
  await askAgain(actions, plumbline);
  const hosts = actions.map(({ ref }) => ref.id);
  console.log(
    args.values.json
      ? JSON.stringify({ control: id, asked: hosts }, undefined, 2)
      : [
          `the rollout of ${id} begins anew, with other hosts that it is tried on`,
          ...(hosts.length > 0 ? [`asked for again: ${hosts.join(', ')}`] : []),
        ].join('\n'),
  );
  return 0;
};

export const rollouts: Command = (argv) =>
  subcommand(argv, usage, 'list', { list: listRollouts, start: startRollout });
