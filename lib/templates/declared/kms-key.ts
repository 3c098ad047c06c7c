import { kmsKey } from '../../resources/kms/kms-key.ts';
import type { Resource } from '../stack.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const shared = {
  type: kmsKey,
  id: ({ physicalId }: Resource) => physicalId,
  leftOut: { 'KMS.3': 'a key is deleted when it is there' },
  placeOf: placesIn({ 'rotation.isOn': 'EnableKeyRotation', key: 'KeySpec', policy: 'KeyPolicy' }),
} satisfies Omit<DeclaredType, 'as'>;

export const declaredKeys: readonly DeclaredType[] = [
  { ...shared, as: 'AWS::KMS::Key' },
  {
    ...shared,
    as: 'AWS::KMS::ReplicaKey',
    leftOut: { ...shared.leftOut, 'KMS.4': 'the rotation of a replica is that of its primary' },
  },
];
