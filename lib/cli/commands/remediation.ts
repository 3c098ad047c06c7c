import type { ParameterHistory, SSM } from '@aws-sdk/client-ssm';
import { attempted, codeOf } from '../../aws/errors.ts';
import { switchName } from '../../resources/account/switch.ts';
import { printedJson } from '../../support/printed-json.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import { checkAskable, isAgreed } from '../ask-first.ts';
import { askedHere, askUntil } from '../ask-plumbline.ts';
import { type Command, subcommand } from '../command.ts';
import { type Deployed, deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { checkScope, deployedToOperator } from '../operator.ts';

const usage = `Usage: plumbline remediation [status] [options]
       plumbline remediation off [options]
       plumbline remediation on [--yes] [options]

The kill switch, SSM parameter ${switchName}: while it is not on, nothing is called, neither by
Plumbline itself nor for a person. It is read again before every single call. Drift that
Plumbline would put right is pending: the command actions --pending lists it. When an operator
turns remediation on, Plumbline asks for it again at once.

Whoever may write the parameter turns it off, by any write. Only an operator turns it on.

  --yes              do not ask before it is turned on
${deployedUsage}

Exit code: 0 it is as asked for, 2 it is not, or could not be looked up.
Example: plumbline remediation off`;

const options = { ...deployedOptions, yes: { type: 'boolean' } } as const;

interface Stands {
  readonly isOn: boolean;
  readonly value: string;
  readonly since?: string;
  /** Who turned it on, or off, and so has to be asked. */
  readonly by?: string;
}

const latestOf = async (ssm: SSM) => {
  let NextToken: string | undefined;
  let latest: ParameterHistory | undefined;
  do {
    const page = await ssm.getParameterHistory({ Name: switchName, NextToken });
    // In which order they come is not said.
    for (const one of page.Parameters ?? []) {
      if ((one.Version ?? 0) >= (latest?.Version ?? 0)) latest = one;
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return latest;
};

const read = async ({ clients, killSwitch, stack }: Deployed): Promise<Stands> => {
  const asked = await attempted(() => killSwitch.state());
  if ('failure' in asked) {
    if (codeOf(asked.failure) !== 'ParameterNotFound') throw asked.failure;
    throw new UserError(
      `the parameter ${switchName} is gone, so nothing is remediated: deploy ${stack.name} again`,
      { cause: asked.failure },
    );
  }
  const { isOn, value, since, on: word } = asked.value;
  const { LastModifiedUser: writer } = word
    ? { LastModifiedUser: word.by }
    : ((await latestOf(await clients('ssm'))) ?? {});
  return {
    isOn,
    value,
    ...(since === undefined ? {} : { since }),
    // The local AWS knows nobody.
    ...(writer?.startsWith('arn:') ? { by: writer } : {}),
  };
};

const said = ({ isOn, value, since, by }: Stands): string => {
  const odd =
    value === 'on'
      ? ' (its parameter says on, which no operator has asked for)'
      : ` (the parameter says ${value})`;
  const who = by === undefined ? '' : ` by ${by}`;
  const why = isOn || value === 'off' ? '' : odd;
  return `remediation is ${isOn ? 'on' : 'off'}${why}${since ? ` since ${since}${who}` : ''}`;
};
const show = (found: Stands, isJson = false): void =>
  console.log(isJson ? printedJson(found) : said(found));

const status: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, usage);
  if (!args) return 0;
  show(await read(await deployed(args.values)), args.values.json);
  return 0;
};

const off: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const plumbline = await deployed(args.values);
  const ssm = await plumbline.clients('ssm');
  await ssm.putParameter({ Name: switchName, Value: 'off', Type: 'String', Overwrite: true });
  show(await read(plumbline), args.values.json);
  return 0;
};

const on: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  checkAskable(args.values);
  const plumbline = await deployedToOperator(args.values);
  checkScope(plumbline, 'other', plumbline.stack.account);
  const before = await read(plumbline);
  if (!before.isOn) {
    if (!(await isAgreed(`${said(before)}. Turn it on?`, args.values))) return 2;
    const isOn = async () => (await read(plumbline)).isOn;
    await askUntil({ ...askedHere(plumbline), ask: 'turnOn' }, 'the switch', isOn, plumbline);
  }
  show(await read(plumbline), args.values.json);
  return 0;
};

export const remediation: Command = (argv) =>
  subcommand(argv, usage, 'status', { status, on, off });
