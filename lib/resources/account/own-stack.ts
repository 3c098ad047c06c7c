import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Reader, Ref } from '../../model/resource-type.ts';
import { partitionOf } from '../../services/partition.ts';
import { parseJson } from '../../support/json.ts';
import { ownParts } from './own-parts.ts';
import { stackPrefix } from './own-prefix.ts';
import { type OwnResource, resourcesIn } from './own-template.ts';

/** Our stack's name; what it makes is called after it. */
export const stackName = stackPrefix.slice(0, -1);

/** What of our stack is compared with what is there. */
export const comparedTypes = [
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
] as const;

export interface OwnStack {
  readonly arn: string;
  /** As CloudFormation says it: `UPDATE_IN_PROGRESS`. */
  readonly status: string;
  readonly changedAt: string;
  readonly resources: readonly OwnResource[];
}

/**
 * CloudFormation is on its way from one template to the next. A stack of which there is no more than a change set waits for
 * a person: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export const isAtWork = (status: string): boolean =>
  status.endsWith('_IN_PROGRESS') && !isPlannedOnly(status);
/** There is a change set that would make the stack, and nothing else. */
export const isPlannedOnly = (status: string): boolean => status === 'REVIEW_IN_PROGRESS';

const partsOf = async (reader: Reader, StackName: string) => {
  const parts = new Map<string, { type: string; physicalId: string }>();
  const asked = { StackName };
  for await (const page of reader.pages('cloudformation', 'listStackResources', asked)) {
    for (const one of page.StackResourceSummaries ?? []) {
      const { LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' } = one;
      parts.set(LogicalResourceId, { type: ResourceType, physicalId: PhysicalResourceId });
    }
  }
  return parts;
};

type Parts = Awaited<ReturnType<typeof partsOf>>;

const roleIdsOf = async (reader: Reader, ref: Ref, parts: Parts) => {
  const roles = [...parts.values()].filter(({ type }) => type === 'AWS::IAM::Role');
  const ids = await Promise.all(
    roles.map(
      async ({ physicalId: id }) =>
        [id, (await reader.facet(ownParts.role, { ...ref, id }, 'id')) ?? 'deleted'] as const,
    ),
  );
  return new Map(ids);
};

/** When a stack was made, or changed last. */
export const changedAtOf = ({
  LastUpdatedTime,
  CreationTime,
}: Partial<Pick<Stack, 'LastUpdatedTime' | 'CreationTime'>>): string =>
  (LastUpdatedTime ?? CreationTime ?? new Date(0)).toISOString();

/** How CloudFormation answers for a stack that is not there: it has no code of its own for that. */
export const noStack = ['ValidationError'] as const;

/** Our stack, or another of ours: what it says that there is. Throws ValidationError where there is none. */
export const readOwnStack = async (
  reader: Reader,
  ref: Ref,
  name = stackName,
): Promise<OwnStack> => {
  const asked = { StackName: name };
  const { Stacks: [stack] = [] } = await reader.call('cloudformation', 'describeStacks', asked);
  const { TemplateBody = '{}' } = await reader.call('cloudformation', 'getTemplate', {
    ...asked,
    TemplateStage: 'Processed',
  });
  const parts = await partsOf(reader, name);
  const parameters = (stack?.Parameters ?? []).map(
    ({ ParameterKey = '', ParameterValue = '', ResolvedValue }) =>
      [ParameterKey, ResolvedValue ?? ParameterValue] as const,
  );
  return {
    arn: stack?.StackId ?? '',
    status: stack?.StackStatus ?? '',
    changedAt: changedAtOf(stack ?? {}),
    resources: resourcesIn(parseJson(TemplateBody), comparedTypes, {
      account: reader.account,
      region: reader.region,
      partition: partitionOf(reader.region),
      stackName: name,
      stackId: stack?.StackId ?? '',
      parameters: Object.fromEntries(parameters),
      resources: parts,
      roleIds: await roleIdsOf(reader, ref, parts),
    }),
  };
};

/** An output of our stack; `undefined` where it has none of that name. Throws ValidationError where there is no stack. */
export const outputOf = async (reader: Reader, name: string): Promise<string | undefined> => {
  const asked = { StackName: stackName };
  const { Stacks: [stack] = [] } = await reader.call('cloudformation', 'describeStacks', asked);
  return stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
};

/** The stack's resources of a type, as they were deployed; none where there is no stack. */
export const ownOf = async (reader: Reader, ref: Ref, type: (typeof comparedTypes)[number]) => {
  const { resources } = await readOwnStack(reader, ref);
  return resources.filter((one) => one.type === type);
};
