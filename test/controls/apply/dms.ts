import { asRecord } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

export const dms: Effects = {
  // https://docs.aws.amazon.com/dms/latest/APIReference/API_ModifyReplicationInstance.html
  modifyReplicationInstance: (snapshot, { AutoMinorVersionUpgrade }) => ({
    ...snapshot,
    instance: { ...asRecord(snapshot['instance']), upgradesItself: AutoMinorVersionUpgrade },
  }),
};
