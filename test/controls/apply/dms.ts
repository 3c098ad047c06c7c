import { record } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

export const dms: Effects = {
  // https://docs.aws.amazon.com/dms/latest/APIReference/API_ModifyReplicationInstance.html
  modifyReplicationInstance: (snapshot, { AutoMinorVersionUpgrade }) => ({
    ...snapshot,
    instance: { ...record(snapshot['instance']), upgradesItself: AutoMinorVersionUpgrade },
  }),
};
