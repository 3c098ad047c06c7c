import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import type { Deployment } from '../template.ts';
import { type Answers, awsError } from './answer.ts';
import { policyText } from './policy-text.ts';

const keyNamed = (stack: Stack, id: unknown): Resource => {
  const found = stack.find(
    ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
    (one) => one.physicalId === id || one.arn === id,
  );
  if (!found) throw awsError('NotFoundException');
  return found;
};

const encrypts = 'ENCRYPT_DECRYPT';
/** Without a spec KMS makes a key that encrypts, and refuses another usage: what is meant by that does not rotate. */
const specFor = (key: Resource): string => {
  const usage = key.get('KeyUsage').text([encrypts, 'SIGN_VERIFY']) ?? encrypts;
  return usage === encrypts ? 'SYMMETRIC_DEFAULT' : 'RSA_2048';
};

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
const policyOfNewKey = ({ account, partition }: Deployment): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

export const kmsAnswers: Answers = {
  describeKey: (stack, { KeyId }) => {
    const key = keyNamed(stack, KeyId);
    return {
      KeyMetadata: lazily({
        KeyManager: () => 'CUSTOMER',
        KeyState: () => ((key.get('Enabled').flag() ?? true) ? 'Enabled' : 'Disabled'),
        KeySpec: () => key.get('KeySpec').text(['SYMMETRIC_DEFAULT', 'RSA_2048']) ?? specFor(key),
        Origin: () => key.get('Origin').text(['AWS_KMS', 'EXTERNAL']) ?? 'AWS_KMS',
        MultiRegionConfiguration: () => {
          if (key.declared.type === 'AWS::KMS::ReplicaKey')
            return { MultiRegionKeyType: 'REPLICA' };
          return key.get('MultiRegion').flag() === true
            ? { MultiRegionKeyType: 'PRIMARY' }
            : undefined;
        },
      }),
    };
  },
  getKeyPolicy: (stack, { KeyId }) => {
    const key = keyNamed(stack, KeyId);
    const { deployment } = stack.template;
    const set = key.get('KeyPolicy');
    return {
      Policy: set.isSet
        ? policyText(set, { ...deployment, arn: key.arn })
        : policyOfNewKey(deployment),
    };
  },
  getKeyRotationStatus: (stack, { KeyId }) => {
    const key = keyNamed(stack, KeyId);
    return lazily({
      KeyRotationEnabled: () => key.get('EnableKeyRotation').flag() ?? false,
      RotationPeriodInDays: () => key.get('RotationPeriodInDays').number(['365']),
    });
  },
};
