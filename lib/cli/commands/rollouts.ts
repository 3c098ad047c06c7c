import type { Rollout } from '../../engine/rollouts/rollout.ts';
import { hostInstance } from '../../pipeline/hosts/host-instance.ts';
import { heldUp } from '../../pipeline/hosts/rollout/held-up.ts';
import { fittingTable } from '../../reports/fitting-table.ts';
import { paint } from '../../reports/paint.ts';
import { printedJson } from '../../support/printed-json.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import { askedOf, askUntil } from '../ask-plumbline.ts';
import { type Command, subcommand } from '../command.ts';
import { controlNamed } from '../control-named.ts';
import { deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { checkScope, deployedToOperator } from '../operator.ts';
import { byId } from '../output/order.ts';

const usage = `Usage: plumbline rollouts [list] [options]
       plumbline rollouts start <control> [options]

What is put right on hosts by itself is tried on a few of them first. Lists how far each fix has
come; starts one again that stopped, and asks again for the hosts that it has held up.

${deployedUsage}

Exit code: 0 listed or started, 2 neither.
Example: plumbline rollouts`;
const startUsage = `Usage: plumbline rollouts start <control> [options]

Starts a fix again that stopped, on other hosts first, and asks again for the hosts that the stop
has held up.

${deployedUsage}

Exit code: 0 started, 2 not.
Example: plumbline rollouts start PL.SSH.4`;

const stateOf = ({ stopped, openedAt }: Rollout): string => {
  if (stopped) return paint.red('stopped');
  return openedAt === undefined ? paint.cyan('trying') : paint.green('open');
};
const whyOf = ({ stopped, openedAt, canaries, slots }: Rollout): string => {
  if (stopped) return `${stopped.host}: ${stopped.why}\n${runAs(`action ${stopped.action}`)}`;
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
    console.log(printedJson(all));
    return 0;
  }
  const head = ['Control', 'System', 'Rollout', 'Tried on', 'How far'];
  const rows = all.map((one) => {
    const hosts = one.canaries.map(({ host }) => host).join('\n');
    return [one.control, one.system, stateOf(one), hosts, whyOf(one)];
  });
  console.log(
    all.length > 0
      ? fittingTable(head, rows, { named: ['Tried on'] })
      : 'no rollouts: no fix of a host has been tried yet',
  );
  return 0;
};

const startRollout: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, startUsage, 1);
  if (!args) return 0;
  const [named = ''] = args.positionals;
  const plumbline = await deployedToOperator(args.values, named);
  checkScope(plumbline, 'other', plumbline.stack.account);
  const { id } = controlNamed(plumbline.controls, named);
  const all = await plumbline.rollouts.all();
  const stopped = all.filter(({ rollout }) => rollout.control === id && rollout.stopped);
  if (stopped.length === 0) throw new UserError(`no rollout of ${id} has stopped`);
  const held = stopped.map(({ rollout }) => rollout);
  const actions = await heldUp(id, held, plumbline.ledger, new Date());
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
  const hosts = actions.map(({ ref }) => ref.id);
  console.log(
    args.values.json
      ? printedJson({ control: id, asked: hosts })
      : [
          `the rollout of ${id} begins anew, with other hosts that it is tried on`,
          ...(hosts.length > 0 ? [`asked for again: ${hosts.join(', ')}`] : []),
        ].join('\n'),
  );
  return 0;
};

export const rollouts: Command = (argv) =>
  subcommand(argv, usage, 'list', { list: listRollouts, start: startRollout });
