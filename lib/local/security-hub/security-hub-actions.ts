import type {
  ActionTarget,
  AwsSecurityFinding,
  CreateActionTargetRequest,
  DescribeActionTargetsRequest,
} from '@aws-sdk/client-securityhub';
import type { DecodedCall } from '../endpoint/call.ts';
import type { BusEvent } from '../events/event-bus.ts';
import type { CustomAction } from './custom-actions.ts';
import { enabledAt, type Hub, type Output } from './security-hub-hub.ts';

/** CreateActionTarget. */
export const createAction = (hub: Hub, { input }: DecodedCall): Output => {
  enabledAt(hub);
  const { Id = '', Name = '', Description = '' } = input as Partial<CreateActionTargetRequest>;
  return {
    ActionTargetArn: hub.actions.add({ id: Id, name: Name, description: Description }),
  };
};

/** DescribeActionTargets, all on one page: an account has at most 50. */
export const describeActions = (hub: Hub, { input }: DecodedCall): Output => {
  enabledAt(hub);
  const { ActionTargetArns: arns = [] } = input as DescribeActionTargetsRequest;
  for (const arn of arns) hub.actions.find(arn);
  const isAsked = ({ ActionTargetArn = '' }: ActionTarget) =>
    arns.length === 0 || arns.includes(ActionTargetArn);
  return { ActionTargets: hub.actions.all.filter(isAsked) };
};

/** DeleteActionTarget. */
export const deleteAction = (hub: Hub, { input }: DecodedCall): Output => {
  enabledAt(hub);
  const arn = String(input['ActionTargetArn']);
  hub.actions.delete(arn);
  return { ActionTargetArn: arn };
};

/** What Security Hub sends when somebody chooses an action for a finding; it does not say who. */
export const customActionEvent = (
  arn: string,
  { name, description }: CustomAction,
  finding: Partial<AwsSecurityFinding>,
  at: Date,
): BusEvent => ({
  Source: 'aws.securityhub',
  DetailType: 'Security Hub Findings - Custom Action',
  Resources: [arn],
  Time: at.getTime() / 1000,
  Detail: JSON.stringify({
    actionName: name,
    actionDescription: description,
    findings: [finding],
  }),
});
