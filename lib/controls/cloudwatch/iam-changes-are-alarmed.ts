import { alarmOn, calls } from './shared/trail-alarms.ts';

export const iamChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.4',
    title: 'Ensure a log metric filter and alarm exist for IAM policy changes',
    rationale: 'Whoever changes a policy can give themselves everything.',
    cis: '4.4',
    what: 'changes of IAM policies',
  },
  calls(
    'iam',
    'DeleteGroupPolicy',
    'DeleteRolePolicy',
    'DeleteUserPolicy',
    'PutGroupPolicy',
    'PutRolePolicy',
    'PutUserPolicy',
    'CreatePolicy',
    'DeletePolicy',
    'CreatePolicyVersion',
    'DeletePolicyVersion',
    'AttachRolePolicy',
    'DetachRolePolicy',
    'AttachUserPolicy',
    'DetachUserPolicy',
    'AttachGroupPolicy',
    'DetachGroupPolicy',
  ),
);
