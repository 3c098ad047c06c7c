import { evaluateOpenPolicy, planClosing } from '../../analysis/policies/open-policy.ts';
import { defineControl } from '../../model/control.ts';
import { sqsQueue } from '../../resources/sqs/sqs-queue.ts';
import { queuePolicy } from './shared/queue-policy.ts';

export const queuePolicyIsNotPublic = defineControl(sqsQueue, {
  id: 'SQS.3',
  title: 'SQS queue access policies should not allow public access',
  severity: 'MEDIUM',
  rationale:
    'Whoever reaches a queue can read and delete its messages, or have those who read it work on messages of his own.',
  standards: { 'fsbp-1.0.0': ['SQS.3'] },
  exposes: true,
  needs: ['policy'],
  evaluate: ({ policy }) => evaluateOpenPolicy(policy, 'sqs'),
  remediation: {
    advice:
      'Name the principals that use the queue. Where a service sends to it, name the service and hold it by aws:SourceArn and aws:SourceAccount; where there are many accounts, hold them by aws:PrincipalOrgID. Values with a wildcard hold nobody. The plan is disruptive: a service that tells only aws:SourceArn, and no account, can then no longer send.',
    grants: [{ actions: ['sqs:SetQueueAttributes'], on: ({ arn }) => [arn] }],
    plan: ({ policy }, place) => planClosing(policy, queuePolicy, place),
  },
});
