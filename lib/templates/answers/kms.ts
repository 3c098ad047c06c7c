import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answers, awsError } from './answer.ts';

const keyNamed = (stack: Stack, id: unknown): Resource => {
  const found = stack.all('AWS::KMS::Key').find((one) => one.physicalId === id || one.arn === id);
  if (!found) throw awsError('NotFoundException');
  return found;
};

export const kmsAnswers: Answers = {
  describeKey: (stack, { KeyId }) => {
    const key = keyNamed(stack, KeyId);
    return {
      KeyMetadata: lazily({
        KeyManager: () => 'CUSTOMER',
        KeyState: () => ((key.get('Enabled').flag() ?? true) ? 'Enabled' : 'Disabled'),
        KeySpec: () =>
          key.get('KeySpec').text(['SYMMETRIC_DEFAULT', 'RSA_2048']) ?? 'SYMMETRIC_DEFAULT',
        Origin: () => key.get('Origin').text(['AWS_KMS', 'EXTERNAL']) ?? 'AWS_KMS',
        MultiRegionConfiguration: () =>
          key.get('MultiRegion').flag() === true ? { MultiRegionKeyType: 'PRIMARY' } : undefined,
      }),
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
