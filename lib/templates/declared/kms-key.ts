import { kmsKey } from '../../resources/kms/kms-key.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

export const declaredKey: DeclaredType = {
  type: kmsKey,
  as: 'AWS::KMS::Key',
  id: ({ physicalId }) => physicalId,
  leftOut: { 'KMS.3': 'a key is deleted when it is there' },
  placeOf: placesIn({ 'rotation.isOn': 'EnableKeyRotation', key: 'KeySpec', policy: 'KeyPolicy' }),
};
