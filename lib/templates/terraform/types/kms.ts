import { constant, declares, type Mappings, type Properties, unlessEmpty } from '../mapping.ts';

const key: Properties = {
  KeyPolicy: unlessEmpty('policy'),
  EnableKeyRotation: 'enable_key_rotation',
  RotationPeriodInDays: 'rotation_period_in_days',
  KeySpec: 'customer_master_key_spec',
  KeyUsage: 'key_usage',
  MultiRegion: 'multi_region',
};
const kmsKey = 'AWS::KMS::Key';
const names = ['id', 'key_id'];

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key */
export const kmsTypes: Mappings = {
  aws_kms_key: declares(kmsKey, { ...key, Enabled: 'is_enabled' }, { id: 'key_id', names }),
  aws_kms_external_key: declares(
    kmsKey,
    { ...key, Enabled: 'enabled', KeySpec: 'key_spec', Origin: constant('EXTERNAL') },
    { id: 'id', names: ['id'] },
  ),
  aws_kms_key_policy: declares(
    kmsKey,
    { KeyPolicy: 'policy' },
    { of: { by: 'key_id', name: 'Plumbline::Id', isWhole: true } },
  ),
  aws_kms_replica_key: declares(
    'AWS::KMS::ReplicaKey',
    { KeyPolicy: unlessEmpty('policy') },
    { id: 'key_id', names },
  ),
  aws_kms_replica_external_key: declares(
    'AWS::KMS::ReplicaKey',
    { KeyPolicy: unlessEmpty('policy') },
    { id: 'key_id', names },
  ),
};
