import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { replicationInstance } from '../../resources/dms/replication-instance.ts';

export const replicationInstanceIsNotPublic = defineControl(replicationInstance, {
  id: 'DMS.1',
  title: 'Database Migration Service replication instances should not be public',
  severity: 'CRITICAL',
  rationale:
    'A public replication instance has an address on the internet, and the passwords of the databases that it copies.',
  standards: {
    'fsbp-1.0.0': ['DMS.1'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  exposes: true,
  needs: ['instance'],
  evaluate({ instance: { isPublic } }) {
    // DMS always says; an answer without it is no evidence that the instance is private.
    if (isPublic === undefined) return unknown('PubliclyAccessible is not in the answer of DMS');
    if (!isPublic) return pass;
    return fail('the replication instance is publicly accessible', [
      { path: 'instance.isPublic', actual: true, expected: false },
    ]);
  },
  remediation: {
    advice:
      'Make a replication instance that is not publicly accessible, move its tasks there, and delete this one: the setting cannot be changed.',
  },
});
