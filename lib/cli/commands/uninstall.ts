import { sdkClients } from '../../aws/clients.ts';
import { type Left, leftBehind } from '../../aws/left-behind.ts';
import { allControls } from '../../controls/index.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import { paint } from '../../reports/paint.ts';
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

export const uninstall: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { stack: name, json, 'dry-run': isDry } = args.values;
  if (!isDry)
    throw new UserError(
      'say --dry-run: this lists what cdk destroy leaves. The stack itself is removed by: npx cdk destroy',
    );
  const { homeRegion: region } = await baselineAt(args.values.baseline, await allControls());
  const { account } = await callerOf(region);
  const { left, unasked } = await leftBehind({ name, account, region }, sdkClients({ region }));
  if (json) console.log(JSON.stringify({ left, unasked }, undefined, 2));
  else {
    console.log(`npx cdk destroy leaves this of ${name} in account ${account}, ${region}:\n`);
    console.log(left.length > 0 ? left.flatMap(lines).join('\n') : 'nothing');
    for (const one of unasked) console.error(`${one}: the list may be incomplete.`);
  }
  return unasked.length > 0 ? 2 : 0;
};
