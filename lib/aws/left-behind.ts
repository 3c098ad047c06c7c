import type { Parameter } from '@aws-sdk/client-ssm';
import type { Clients } from './clients.ts';
import { attempted, codeOf, sortError } from './errors.ts';
import { outputsOf, type Stack } from './stack-outputs.ts';

/** Something that is still there once the stack is gone. */
export interface Left {
  readonly what: string;
  /** Its name, by which it is removed. */
  readonly name: string;
  /** Commands that remove it, in order; none where it goes by itself. */
  readonly commands: readonly string[];
  readonly note?: string;
}
export interface LeftBehind {
  readonly left: readonly Left[];
  /** What could not be looked up, and why. */
  readonly unasked: readonly string[];
}

interface Retained {
  readonly DeletionPolicy?: string;
}
const retainedIn = (template: string): readonly string[] => {
  const { Resources = {} }: { Resources?: Readonly<Record<string, Retained>> } =
    JSON.parse(template);
  return Object.entries(Resources).flatMap(([id, { DeletionPolicy }]) =>
    DeletionPolicy === 'Retain' || DeletionPolicy === 'RetainExceptOnCreate' ? [id] : [],
  );
};

const commandsFor: Readonly<Record<string, (name: string) => Omit<Left, 'name'>>> = {
  'AWS::DynamoDB::Table': (name) => ({
    what: 'table',
    commands: [
      `aws dynamodb update-table --table-name ${name} --no-deletion-protection-enabled`,
      `aws dynamodb delete-table --table-name ${name}`,
    ],
  }),
  'AWS::S3::Bucket': (name) => ({
    what: 'bucket of before-images',
    commands: [`aws s3 rm s3://${name} --recursive`, `aws s3api delete-bucket --bucket ${name}`],
    note: 'it keeps versions: empty it in the console, or delete each version, before you delete it',
  }),
  'AWS::KMS::Key': (name) => ({
    what: 'key that seals actions',
    commands: [`aws kms schedule-key-deletion --key-id ${name} --pending-window-in-days 30`],
    note: 'nothing can be taken back any more once it is gone',
  }),
};

/** What a bucket holds, by the part of the stack that it is of; before-images, where none is named. */
const buckets = { History: 'bucket of the history', Reports: 'bucket of reports' } as const;

/** What the template says stays, with the commands that remove it. */
const retained = async (stack: Stack, clients: Clients): Promise<readonly Left[]> => {
  const cloudformation = await clients('cloudformation');
  const StackName = stack.name;
  const { TemplateBody = '{}' } = await cloudformation.getTemplate({ StackName });
  const ids = new Set(retainedIn(TemplateBody));
  const { StackResources = [] } = await cloudformation.describeStackResources({ StackName });
  return StackResources.filter(({ LogicalResourceId = '' }) => ids.has(LogicalResourceId)).map(
    ({ ResourceType = '', PhysicalResourceId = '', LogicalResourceId = '' }) => {
      const of = commandsFor[ResourceType]?.(PhysicalResourceId);
      const named = of && Object.entries(buckets).find(([id]) => LogicalResourceId.startsWith(id));
      const what = named ? { what: named[1] } : {};
      return { what: ResourceType, commands: [], ...of, ...what, name: PhysicalResourceId };
    },
  );
};

const breakers = async (clients: Clients): Promise<readonly Left[]> => {
  const ssm = await clients('ssm');
  const found: Parameter[] = [];
  let NextToken: string | undefined;
  // A page may be empty and still not the last.
  do {
    const page = await ssm.getParametersByPath({
      Path: '/plumbline/breakers',
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    found.push(...(page.Parameters ?? []));
    NextToken = page.NextToken || undefined;
  } while (NextToken !== undefined);
  return found.map(({ Name = '' }) => ({
    what: 'breaker that is open',
    name: Name,
    commands: [`aws ssm delete-parameter --name ${Name}`],
  }));
};

const findings = async (clients: Clients): Promise<readonly Left[]> => {
  const hub = await clients('securityhub');
  const Filters = { ProductName: [{ Value: 'Plumbline', Comparison: 'EQUALS' as const }] };
  const { Findings = [], NextToken } = await hub.getFindings({ Filters, MaxResults: 100 });
  if (Findings.length === 0) return [];
  return [
    {
      what: 'findings in Security Hub',
      name: NextToken === undefined ? String(Findings.length) : 'more than 100',
      commands: [],
      note: 'Security Hub deletes a finding 90 days after its last update',
    },
  ];
};

const parts: Readonly<Record<string, (clients: Clients) => Promise<readonly Left[]>>> = {
  'ssm:GetParametersByPath': breakers,
  'securityhub:GetFindings': findings,
};

/** What `cdk destroy` leaves of a stack. */
export const leftBehind = async (stack: Stack, clients: Clients): Promise<LeftBehind> => {
  await outputsOf(stack, await clients('cloudformation'));
  const left: Left[] = [...(await retained(stack, clients))];
  const unasked: string[] = [];
  for (const [call, look] of Object.entries(parts)) {
    const asked = await attempted(() => look(clients));
    if ('value' in asked) left.push(...asked.value);
    else {
      const isDenied = sortError(asked.failure, {}).kind === 'denied';
      unasked.push(`${call} ${isDenied ? 'was refused' : `failed (${codeOf(asked.failure)})`}`);
    }
  }
  return { left, unasked };
};
