import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { snsTopic } from '../../resources/sns/sns-topic.ts';

export const topicIsEncrypted = defineControl(snsTopic, {
  id: 'SNS.1',
  title: 'SNS topics should be encrypted at-rest using AWS KMS',
  severity: 'MEDIUM',
  rationale: 'What a topic tells is stored until each subscriber has it.',
  standards: {
    'fsbp-1.0.0': ['SNS.1'],
    'nist-800-53-r5': [
      ...['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
  },
  needs: ['encryption'],
  evaluate: ({ encryption: { kmsKey } }) =>
    kmsKey !== undefined
      ? pass
      : fail('no key of KMS encrypts what the topic stores', [
          { path: 'encryption.kmsKey', actual: null, expected: 'a key of KMS' },
        ]),
  remediation: {
    advice:
      'Name a key of your own, whose policy lets the services that publish use it (kms:GenerateDataKey* and kms:Decrypt). The key alias/aws/sns does only where nobody but principals of the account publishes: its policy admits no service.',
    grants: [],
    plan: (_, { arn }) =>
      propose('services that publish to the topic must be let use the key first', [
        call('sns', 'setTopicAttributes', {
          TopicArn: arn,
          AttributeName: 'KmsMasterKeyId',
          AttributeValue: 'alias/aws/sns',
        }),
      ]),
  },
});
