import { asRecord } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/
export const dynamodb: Effects = {
  updateTable: (snapshot, { DeletionProtectionEnabled }) => ({
    ...snapshot,
    table: { ...Object(snapshot['table']), refusesDeletion: DeletionProtectionEnabled },
  }),
  updateContinuousBackups: (snapshot, { PointInTimeRecoverySpecification: asked }) => ({
    ...snapshot,
    recovery: {
      ...Object(snapshot['recovery']),
      isOn: asRecord(asked)['PointInTimeRecoveryEnabled'],
    },
  }),
  putResourcePolicy: (snapshot, { Policy }) => ({ ...snapshot, policy: Policy }),
};
