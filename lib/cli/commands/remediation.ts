import type { ParameterHistory, SSM } from '@aws-sdk/client-ssm';
import { attempted, codeOf } from '../../aws/errors.ts';
import { switchName } from '../../infrastructure/permissions/acting.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import { checkAskable, isAgreed } from '../ask-first.ts';
import type { Command } from '../command.ts';
import { type Deployed, deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { subcommand } from '../subcommand.ts';

const usage = `Usage: plumbline remediation [status] [options]
       plumbline remediation off [options]
       plumbline remediation on [--yes] [options]

The kill switch, SSM parameter ${switchName}: while it is not on, nothing is called, neither by
Plumbline itself nor for a person. It is read again before every single call. What failed
meanwhile stays as it is, also when it is turned on again: plumbline plan shows it.

  --yes              do not ask before it is turned on
${deployedUsage}`;

const options = { ...deployedOptions, yes: { type: 'boolean' } } as const;

interface Switch {
  readonly isOn: boolean;
  readonly value: string;
  readonly since?: string;
  /** Who set it, and so has to be asked. */
  readonly by?: string;
}

const historyOf = async (ssm: SSM) => {
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

const read = async ({ clients, stack }: Deployed): Promise<Switch> => {
  const ssm = await clients('ssm');
  const asked = await attempted(() => historyOf(ssm));
  if ('failure' in asked) {
    if (codeOf(asked.failure) !== 'ParameterNotFound') throw asked.failure;
    throw new UserError(
      `the parameter ${switchName} is gone, so nothing is remediated: deploy ${stack.name} again`,
      { cause: asked.failure },
    );
  }
  const { Value: value = '', LastModifiedDate: since, LastModifiedUser: by } = asked.value ?? {};
  return {
    isOn: value === 'on',
    value,
    ...(since ? { since: since.toISOString() } : {}),
    // The local AWS knows nobody.
    ...(by?.startsWith('arn:') ? { by } : {}),
  };
};

const said = ({ isOn, value, since, by }: Switch): string => {
  const odd = isOn || value === 'off' ? '' : ` (the parameter says ${value})`;
  const who = by === undefined ? '' : ` by ${by}`;
  return `remediation is ${isOn ? 'on' : 'off'}${odd}${since ? ` since ${since}${who}` : ''}`;
};
const show = (found: Switch, isJson = false): void =>
  console.log(isJson ? JSON.stringify(found, undefined, 2) : said(found));

const status: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, usage);
  if (!args) return 0;
  show(await read(await deployed(args.values)), args.values.json);
  return 0;
};

const set = async (plumbline: Deployed, Value: 'on' | 'off'): Promise<Switch> => {
  const ssm = await plumbline.clients('ssm');
  await ssm.putParameter({ Name: switchName, Value, Type: 'String', Overwrite: true });
  return read(plumbline);
};

const off: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  show(await set(await deployed(args.values), 'off'), args.values.json);
  return 0;
};

const on: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  checkAskable(args.values);
  const plumbline = await deployed(args.values);
  const before = await read(plumbline);
  if (!before.isOn && !(await isAgreed(`${said(before)}. Turn it on?`, args.values))) return 2;
  show(before.isOn ? before : await set(plumbline, 'on'), args.values.json);
  return 0;
};

export const remediation: Command = (argv) =>
  subcommand(argv, usage, 'status', { status, on, off });
