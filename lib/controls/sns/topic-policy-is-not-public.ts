import { evaluateOpenPolicy, planClosing } from '../../analysis/policies/open-policy.ts';
import { defineControl } from '../../model/control.ts';
import { snsTopic } from '../../resources/sns/sns-topic.ts';
import { topicPolicy } from './shared/topic-policy.ts';

export const topicPolicyIsNotPublic = defineControl(snsTopic, {
  id: 'SNS.4',
  title: 'SNS topic access policies should not allow public access',
  severity: 'CRITICAL',
  rationale:
    'Whoever reaches a topic can subscribe to all that it tells, or tell its subscribers what he likes.',
  standards: { 'fsbp-1.0.0': ['SNS.4'] },
  exposes: true,
  needs: ['policy'],
  evaluate: ({ policy }) => evaluateOpenPolicy(policy, 'sns'),
  remediation: {
    advice:
      'Name the principals that publish and subscribe. Where a service publishes, name the service and hold it by aws:SourceArn and aws:SourceAccount; where there are many accounts, hold them by aws:PrincipalOrgID. sns:Endpoint and sns:Protocol hold no caller. The plan is disruptive: a service that tells only aws:SourceArn can then no longer publish.',
    grants: [{ actions: ['sns:SetTopicAttributes'], on: ({ arn }) => [arn] }],
    plan: ({ policy }, place) => planClosing(policy, topicPolicy, place),
  },
});
