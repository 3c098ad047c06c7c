import { sdkClients } from '../../aws/clients.ts';
import { type Left, type LeftBehind, leftBehind } from '../../aws/left-behind.ts';
import { outputsOf, type Stack } from '../../aws/stack-outputs.ts';
import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import { otherRegions } from '../../infrastructure/events/ear-patterns.ts';
import { paint } from '../../reports/paint.ts';
import { memberStackName } from '../../resources/account/ears-names.ts';
import { memberOutputs } from '../../resources/account/member.ts';
import { UserError } from '../../support/user-error.ts';
import { callerOf } from '../account.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { deployedOptions, deployedUsage } from '../deployed.ts';
import { earsStanding } from '../ears-standing.ts';
import { forTerminal } from '../output/for-terminal.ts';

const usage = `Usage: plumbline uninstall --dry-run [options]

Lists what cdk destroy leaves of the stack, with the commands that remove it. Removes nothing:
an undo or an audit may need it.

  --dry-run          required: this command only lists
${deployedUsage}

Exit code: 0 listed, 2 something could not be looked up.
Example: plumbline uninstall --dry-run`;

const options = { ...deployedOptions, 'dry-run': { type: 'boolean', default: false } } as const;

const lines = ({ what, name, commands, note }: Left): readonly string[] => [
  `${paint.bold(name)}  ${what}`,
  ...(note === undefined ? [] : [`    ${paint.dim(note)}`]),
  ...commands.map((command) => `    ${command}`),
];

/** What listens in other regions, which `cdk destroy` of the first stack alone leaves. */
const earsLeft = async (
  stack: string,
  baseline: Pick<Baseline, 'homeRegion' | 'regions'>,
): Promise<LeftBehind> => {
  const { standing, unasked } = await earsStanding(stack, baseline);
  const left = standing.map(
    ({ region, name, command, isGoverned }): Left => ({
      what: `ears in ${region}`,
      name,
      commands: [command],
      note: isGoverned
        ? 'only where it is left: npx cdk destroy --all removes it while the baseline names the region'
        : 'the baseline names the region no more, so that npx cdk destroy --all leaves it',
    }),
  );
  return { left, unasked };
};

/** The other accounts that the baseline names, and those that the stack was deployed with. */
const membersOf = async (stack: Stack, { accounts = [] }: Pick<Baseline, 'accounts'>) => {
  const clients = sdkClients({ region: stack.region });
  const outputs = await outputsOf(stack, await clients('cloudformation'));
  const deployed = outputs[memberOutputs.accounts]?.split(' ') ?? [];
  return [...new Set([...accounts, ...deployed])];
};

/** What stands in other accounts, which only these can remove; whether it is there is not asked. */
const membersLeft = (
  stack: string,
  accounts: readonly string[],
  { regions }: Pick<Baseline, 'regions'>,
): readonly Left[] => {
  const name = memberStackName(stack);
  return accounts.map((account) => ({
    what: `roles and ears in account ${account}`,
    name,
    // The ears of other regions name a role of the home region, which goes last.
    commands: regions
      .toReversed()
      .map((region) => `aws cloudformation delete-stack --stack-name ${name} --region ${region}`),
    note: `with the credentials of account ${account}, where it was deployed`,
  }));
};

/** Without --all the CDK refuses where there are several stacks. */
const destroyOf = (baseline: Pick<Baseline, 'homeRegion' | 'regions'>): string =>
  `npx cdk destroy${otherRegions(baseline).length > 0 ? ' --all' : ''}`;

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
  const [atHome, elsewhere, members] = await Promise.all([
    leftBehind(stack, sdkClients({ region })),
    earsLeft(name, baseline),
    membersOf(stack, baseline),
  ]);
  const left = [...membersLeft(name, members, baseline), ...elsewhere.left, ...atHome.left];
  const unasked = [...elsewhere.unasked, ...atHome.unasked];
  if (json) console.log(JSON.stringify({ left, unasked }, undefined, 2));
  else {
    console.log(`${destroy} leaves this of ${name} in account ${account}, ${region}:\n`);
    console.log(left.length > 0 ? left.flatMap(lines).join('\n') : 'nothing');
    for (const one of unasked) console.error(forTerminal(`${one}: the list may be incomplete.`));
  }
  return unasked.length > 0 ? 2 : 0;
};
