import { sdkClients } from '../../aws/clients.ts';
import { outputsOf } from '../../aws/stack-outputs.ts';
import { allControls } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { isChangedElsewhere } from '../../engine/baseline/organization.ts';
import { baselineAt } from '../../infrastructure/baseline-file.ts';
import type { MemberStackProps } from '../../infrastructure/member-stack.ts';
import {
  memberChangesStackName,
  memberHostsStackName,
  memberStackName,
} from '../../resources/account/ears-names.ts';
import { memberOutputs } from '../../resources/account/member.ts';
import { resourceTypes } from '../../resources/every.ts';
import { UserError } from '../../support/user-error.ts';
import { callerOf } from '../account.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { usualStack } from '../own-buckets.ts';

const usage = `Usage: plumbline member-template [options]

Prints the CloudFormation template that each account deploys which the baseline names in accounts:
roles by which Plumbline reads there and publishes findings, which may change nothing, and rules
that tell it what changes. Needs the credentials of the account where Plumbline stands. Of an
organization its management account deploys it: StackSets reach every other one.

Deploy it in each governed region, us-east-1 first, with the credentials of the other account:
  aws cloudformation deploy --template-file member.json --stack-name ${memberStackName(usualStack)} \\
      --capabilities CAPABILITY_NAMED_IAM --region us-east-1

With --changes it prints what an account deploys beside that where the baseline says remediate of
it, or of its unit: the role by which what fails is put right. Deploy that in us-east-1 alone, as
${memberChangesStackName(usualStack)}.

With --hosts it prints what an account deploys beside that where the baseline has hosts audited:
their documents, and the role by which hosts are asked. Deploy that in each governed region, as
${memberHostsStackName(usualStack)}; it is longer than 51,200 bytes, so that it takes --s3-bucket.

  --changes          the template of the role that may change something
  --hosts            the template of the documents for hosts
  --stack <name>     the stack of Plumbline. Default ${usualStack}
  --baseline <file>  what it was deployed with; else plumbline.yaml

Exit code: 0 printed, 2 not.
Example: plumbline member-template > member.json`;

const options = {
  stack: { type: 'string', default: usualStack },
  baseline: { type: 'string' },
  changes: { type: 'boolean', default: false },
  hosts: { type: 'boolean', default: false },
} as const;
type Part = 'all' | 'changes' | 'hosts';

const partOf = ({
  changes,
  hosts,
}: {
  readonly changes: boolean;
  readonly hosts: boolean;
}): Part => {
  if (changes && hosts)
    throw new UserError('--changes and --hosts are two templates: ask for one after the other');
  return changes ? 'changes' : hosts ? 'hosts' : 'all';
};

/** The CDK is loaded by this command alone, and is the app's own where Plumbline is a package. */
const loaded = async (part: Part): Promise<(props: MemberStackProps) => string> => {
  try {
    if (part === 'changes')
      return (await import('../../infrastructure/member-changes-stack.ts')).memberChangesTemplate;
    if (part === 'hosts')
      return (await import('../../infrastructure/member-hosts-stack.ts')).memberHostsTemplate;
    return (await import('../../infrastructure/member-stack.ts')).memberTemplate;
  } catch (cause) {
    if (Reflect.get(Object(cause), 'code') !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new UserError('the template is made by aws-cdk-lib, which is not installed here', {
      cause,
    });
  }
};

type Outputs = Readonly<Record<string, string>>;

/** Throws where the baseline governs no other account, or wants nothing there that the template is for. */
const checkAsked = (baseline: Baseline, part: Part): void => {
  const { accounts, hosts, organization } = baseline;
  if (!accounts && !organization)
    throw new UserError(
      "the baseline names no other account: name it, such as accounts: ['444455556666'], and deploy first",
    );
  if (part === 'hosts' && !hosts)
    throw new UserError('the baseline has no hosts audited: say hosts: true, and deploy first');
  if (part !== 'changes' || isChangedElsewhere(baseline)) return;
  const how = organization
    ? 'say it of a unit or an account, such as overrides: [{ organizationalUnit: ou-ab12-11111111, remediate: true }]'
    : `say it of one, such as accounts: [{ id: '${accounts?.[0]}', remediate: true }]`;
  throw new UserError(
    `the baseline lets nothing be changed in another account: ${how}, and deploy first`,
  );
};

/** What the stack says that its roles ask for; throws where it was deployed with another baseline. */
const externalIdOf = (
  { accounts, organization, remediatedAccounts }: Baseline,
  outputs: Outputs,
  { stack, part }: { readonly stack: string; readonly part: Part },
): string => {
  const { [memberOutputs.externalId]: externalId } = outputs;
  if (externalId === undefined || outputs[memberOutputs.accounts] !== accounts?.join(' '))
    throw new UserError(
      `the stack ${stack} was deployed with other accounts than the baseline names: deploy it again first`,
    );
  if (outputs[memberOutputs.organization] !== organization?.id)
    throw new UserError(
      `the stack ${stack} was deployed with another organization than the baseline names: deploy it again first`,
    );
  if (part === 'changes' && outputs[memberOutputs.remediated] !== remediatedAccounts?.join(' '))
    throw new UserError(
      `the stack ${stack} was deployed with other accounts to change something in than the baseline names: deploy it again first`,
    );
  return externalId;
};

export const memberTemplate: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { stack: name } = args.values;
  const part = partOf(args.values);
  const controls = await allControls();
  const baseline = await baselineAt(args.values.baseline, controls);
  checkAsked(baseline, part);
  const { homeRegion: region, organization } = baseline;
  const { account } = await callerOf(region);
  const outputs = await outputsOf(
    { name, account, region },
    await sdkClients({ region })('cloudformation'),
  );
  const externalId = externalIdOf(baseline, outputs, { stack: name, part });
  const templateOf = await loaded(part);
  const hub = {
    account,
    externalId,
    stackName: name,
    ...(organization && { organization: organization.id }),
  };
  console.log(templateOf({ hub, baseline, catalogue: { types: resourceTypes, controls } }));
  return 0;
};
