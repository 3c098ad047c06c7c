import { sdkClients } from '../../aws/clients.ts';
import { sorting } from '../../aws/errors.ts';
import { type Left, type LeftBehind, leftBehind } from '../../aws/left-behind.ts';
import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import { otherRegions } from '../../infrastructure/events/ear-patterns.ts';
import { paint } from '../../reports/paint.ts';
import { earsStackName, memberStackName } from '../../resources/account/ears-names.ts';
import { UserError } from '../../support/user-error.ts';
import { callerOf } from '../account.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { deployedOptions, deployedUsage } from '../deployed.ts';

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
  const left: Left[] = [];
  const unasked: string[] = [];
  for (const region of otherRegions(baseline)) {
    const name = earsStackName(stack, region);
    const asked = await sorting({ absent: ['ValidationError'] }, async () =>
      (await sdkClients({ region })('cloudformation')).describeStacks({ StackName: name }),
    );
    if (asked.kind === 'absent') continue;
    if (asked.kind !== 'value') unasked.push(`the stack ${name} in ${region}: ${asked.kind}`);
    else
      left.push({
        what: `ears in ${region}`,
        name,
        commands: [`aws cloudformation delete-stack --stack-name ${name} --region ${region}`],
        note: 'only where it is left: npx cdk destroy --all removes it while the baseline names the region',
      });
  }
  return { left, unasked };
};

/** What stands in other accounts, which only these can remove; whether it is there is not asked. */
const membersLeft = (
  stack: string,
  { accounts = [], regions }: Pick<Baseline, 'accounts' | 'regions'>,
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
  const [atHome, elsewhere] = await Promise.all([
    leftBehind({ name, account, region }, sdkClients({ region })),
    earsLeft(name, baseline),
  ]);
  const left = [...membersLeft(name, baseline), ...elsewhere.left, ...atHome.left];
  const unasked = [...elsewhere.unasked, ...atHome.unasked];
  if (json) console.log(JSON.stringify({ left, unasked }, undefined, 2));
  else {
    console.log(`${destroy} leaves this of ${name} in account ${account}, ${region}:\n`);
    console.log(left.length > 0 ? left.flatMap(lines).join('\n') : 'nothing');
    for (const one of unasked) console.error(`${one}: the list may be incomplete.`);
  }
  return unasked.length > 0 ? 2 : 0;
};
