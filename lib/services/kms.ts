import { defineService } from './service.ts';

export const kms = defineService({
  sdk: () => import('@aws-sdk/client-kms'),
  client: ({ KMS }, settings) => new KMS(settings),
  iam: 'kms',
  eventSource: 'kms.amazonaws.com',
  showsInTheEnd:
    'https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency',
  kinds: {
    key: {
      arn: 'arn:{partition}:kms:{region}:{account}:key/{id}',
      type: 'AWS::KMS::Key',
      named: ['KeyId'],
    },
  },
  pages: [{ tokens: ['NextMarker', 'Marker'], operations: ['listKeys', 'listResourceTags'] }],
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html; it takes
  // ReEncryptTo as well.
  actions: { ReEncrypt: 'ReEncryptFrom' },
  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-decrypt.html and its neighbours
  readOnly: [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateMac',
    'GenerateRandom',
    'ReEncrypt',
    'Sign',
    'Verify',
    'VerifyMac',
  ],
});
