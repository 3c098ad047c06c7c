import { sdkClients } from '../../../aws/clients.ts';
import { type Left, type LeftBehind, leftBehind } from '../../../aws/left-behind.ts';
import { outputsOf, type Stack } from '../../../aws/stack-outputs.ts';
import { allControls } from '../../../controls/index.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { baselineAt } from '../../../infrastructure/baseline-file.ts';
import { otherRegions } from '../../../infrastructure/events/ear-patterns.ts';
import { paint } from '../../../reports/paint.ts';
import { printedJson } from '../../../support/printed-json.ts';
import { UserError } from '../../../support/user-error.ts';
import { callerOf } from '../../account.ts';
import { parsed } from '../../arguments.ts';
import type { Command } from '../../command.ts';
import { deployedOptions, deployedUsage } from '../../deployed.ts';
import { earsStanding, standingElsewhere } from '../../ears-standing.ts';
import { forTerminal } from '../../output/for-terminal.ts';
import { accountLeft, type Members, membersLeft, membersOf } from './members-left.ts';

const usage = `Usage: plumbline uninstall --dry-run [options]

Lists what cdk destroy leaves of the stack, with the commands that remove it, in their order: what
stands in other accounts first. Removes nothing: an undo or an audit may need it.

  --dry-run          required: this command only lists
  --account <id>     how this account alone is taken out, and what stays of it
${deployedUsage}

Exit code: 0 listed, 2 something could not be looked up.
Example: plumbline uninstall --dry-run`;

const options = {
  ...deployedOptions,
  account: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const;

const lines = ({ what, name, commands, note }: Left): readonly string[] => [
  `${paint.bold(name)}  ${what}`,
  ...(note === undefined ? [] : [`    ${paint.dim(note)}`]),
  ...commands.map((command) => `    ${command}`),
];

/** What stands in other regions, which `cdk destroy` of the first stack alone leaves. */
const earsLeft = async (
  stack: string,
  baseline: Pick<Baseline, 'homeRegion' | 'regions'>,
): Promise<LeftBehind> => {
  const kinds = Object.values(standingElsewhere);
  const { standing, unasked } = await earsStanding(stack, baseline, kinds);
  const left = standing.map(
    ({ what, region, name, command, isGoverned }): Left => ({
      what: `${what} in ${region}`,
      name,
      commands: [command],
      note: isGoverned
        ? 'only where it is left: npx cdk destroy --all removes it while the baseline names the region'
        : 'the baseline names the region no more, so that npx cdk destroy --all leaves it',
    }),
  );
  return { left, unasked };
};

/** Without --all the CDK refuses where there are several stacks. */
const destroyOf = (baseline: Pick<Baseline, 'homeRegion' | 'regions'>): string =>
  `npx cdk destroy${otherRegions(baseline).length > 0 ? ' --all' : ''}`;

const allLeft = async (stack: Stack, baseline: Baseline, members: Members): Promise<LeftBehind> => {
  const parts = await Promise.all([
    membersLeft(members),
    earsLeft(stack.name, baseline),
    leftBehind(stack, members.clients),
  ]);
  return {
    left: parts.flatMap(({ left }) => left),
    unasked: parts.flatMap(({ unasked }) => unasked),
  };
};

export const uninstall: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { stack: name, json, 'dry-run': isDry } = args.values;
  const baseline = await baselineAt(args.values.baseline, await allControls());
  const destroy = destroyOf(baseline);
  if (!isDry)
    throw new UserError(
      `say --dry-run: this lists what cdk destroy leaves. The stack itself is removed by: ${destroy}`,
    );
  const { homeRegion: region } = baseline;
  const { account } = await callerOf(region);
  const stack = { name, account, region };
  const clients = sdkClients({ region });
  const outputs = await outputsOf(stack, await clients('cloudformation'));
  const members = await membersOf({ hub: account, stack: name, clients }, baseline, outputs);
  const { account: one } = args.values;
  const { left, unasked } =
    one === undefined ? await allLeft(stack, baseline, members) : await accountLeft(one, members);
  const what =
    one === undefined
      ? `${destroy} leaves this of ${name} in account ${account}, ${region}:`
      : `account ${one} is taken out of ${name} by this, in order:`;
  if (json) console.log(printedJson({ left, unasked }));
  else {
    console.log(`${what}\n`);
    console.log(left.length > 0 ? left.flatMap(lines).join('\n') : 'nothing');
    for (const one of unasked) console.error(forTerminal(`${one}: the list may be incomplete.`));
  }
  return unasked.length > 0 ? 2 : 0;
};
