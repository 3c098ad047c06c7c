import { kmsKey } from '../../resources/kms/kms-key.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

export const declaredKey: DeclaredType = {
  type: kmsKey,
  as: 'AWS::KMS::Key',
  id: ({ physicalId }) => physicalId,
  placeOf: placesIn({ 'rotation.isOn': 'EnableKeyRotation', key: 'KeySpec' }),
};
