import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { earsPrefix, hostsStackName, memberStackName } from '../../resources/account/ears-names.ts';
import { stackPrefix } from '../../resources/account/own-prefix.ts';
import { parametersPath } from './acting.ts';
import { type GovernedPlace, regionIn } from './scopes.ts';

/**
 * ARNs of what Plumbline is made of in another account. A StackSet begins the names of its stacks otherwise:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
export const ownInMember = (
  { partition, account }: Pick<GovernedPlace, 'partition' | 'account'>,
  hubStackName: string,
): readonly string[] => {
  const stack = memberStackName(hubStackName);
  const here = (service: string, resource: string) =>
    `arn:${partition}:${service}:*:${account}:${resource}`;
  return [
    `arn:${partition}:iam::${account}:role/${stackPrefix}*`,
    ...['role', 'policy'].map((kind) => `arn:${partition}:iam::${account}:${kind}/*${stack}*`),
    here('cloudformation', `stack/*${stack}*/*`),
    here('events', `rule/*${stack}*`),
    here('sqs', `*${stack}*`),
  ];
};

/**
 * ARNs of what Plumbline is made of, after the names that CloudFormation makes from that of the stack. Its buckets are
 * not among them: what opens one of these is put right as on any other.
 */
export const ownResources = (scope: Construct, place: GovernedPlace): readonly string[] => {
  const { partition, account, stackName } = Stack.of(scope);
  const region = regionIn(place);
  const here = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const { regions = [] } = place;
  // What listens in other regions is ours as well, and its names begin otherwise.
  const ears = earsPrefix(stackName);
  const elsewhere = [
    here('cloudformation', `stack/${ears}*/*`),
    here('cloudformation', `stack/${hostsStackName(stackName, '')}*/*`),
    here('events', `rule/${ears}*`),
    here('sqs', `${ears}*`),
  ];
  return [
    `arn:${partition}:iam::${account}:role/${stackName}-*`,
    `arn:${partition}:iam::${account}:policy/${stackName}-*`,
    here('cloudformation', `stack/${stackName}/*`),
    here('dynamodb', `table/${stackName}-*`),
    here('events', `rule/${stackName}-*`),
    here('lambda', `function:${stackName}-*`),
    here('sns', `${stackName}-*`),
    here('sqs', `${stackName}-*`),
    here('ssm', `parameter${parametersPath}`),
    ...(regions.length > 1 ? elsewhere : []),
  ];
};
