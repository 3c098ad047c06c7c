import { fittingTable } from '../../reports/fitting-table.ts';
import { paint } from '../../reports/paint.ts';
import { printedJson } from '../../support/printed-json.ts';
import { runAs } from '../../support/run-as.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import { askedHere, askUntil } from '../ask-plumbline.ts';
import { type Command, subcommand } from '../command.ts';
import { controlNamed } from '../control-named.ts';
import { deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { checkScope, deployedToOperator } from '../operator.ts';
import { byId } from '../output/order.ts';

const usage = `Usage: plumbline breakers [list] [options]
       plumbline breakers close <control> [options]

A breaker opens when a control reaches its limit of actions in an hour in an account, and stops
there. It can be open for one user or role alone. While it is open, what it stops is pending.
Lists the breakers, or closes one before its time.

${deployedUsage}

Exit code: 0 listed or closed, 2 neither.
Example: plumbline breakers`;
const closeUsage = `Usage: plumbline breakers close <control> [options]

Closes a breaker before its time, in each account: its control is put right again from then on.

${deployedUsage}

Exit code: 0 closed, 2 not.
Example: plumbline breakers close S3.8`;

const listBreakers: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, usage);
  if (!args) return 0;
  const { breaker } = await deployed(args.values);
  const now = new Date().toISOString();
  const tripped = (await breaker.all())
    .map(({ actions, ...each }) => ({
      ...each,
      ...(Number.isNaN(actions) ? {} : { actions }),
      isOpen: each.until === undefined || each.until > now,
    }))
    .toSorted((a, b) => byId({ id: a.control }, { id: b.control }));
  if (args.values.json) {
    console.log(printedJson(tripped));
    return 0;
  }
  const head = ['Control', 'Account', 'Breaker', 'For', 'Until', 'Limit'];
  const rows = tripped.map(({ control, account, until, actions, actors, isOpen }) => [
    control,
    account ?? 'all',
    isOpen ? paint.red('open') : paint.dim('closed'),
    actors?.join('\n') ?? 'all',
    until ?? 'until somebody closes it',
    actions === undefined ? '' : `${actions} an hour`,
  ]);
  console.log(
    tripped.length > 0
      ? fittingTable(head, rows, { named: ['Account', 'For', 'Until', 'Limit'] })
      : 'no breaker is open',
  );
  return 0;
};

const closeBreaker: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, closeUsage, 1);
  if (!args) return 0;
  const [named = ''] = args.positionals;
  const plumbline = await deployedToOperator(args.values, named);
  checkScope(plumbline, 'other', plumbline.stack.account);
  const { breaker, controls } = plumbline;
  const { id } = controlNamed(controls, named);
  const isClosed = async () => !(await breaker.all()).some(({ control }) => control === id);
  if (await isClosed()) throw new UserError(`the breaker of ${id} is not open`);
  const ask = { ...askedHere(plumbline), ask: 'close', control: id } as const;
  await askUntil(ask, `the end of the breaker of ${id}`, isClosed, plumbline);
  console.log(
    args.values.json
      ? printedJson({ control: id, isOpen: false })
      : `the breaker of ${id} is closed. Plumbline asks again now for what it stopped, on hosts within 15 minutes. ${runAs('actions --pending')} lists what still waits`,
  );
  return 0;
};

export const breakers: Command = (argv) =>
  subcommand(argv, usage, 'list', { list: listBreakers, close: closeBreaker });
