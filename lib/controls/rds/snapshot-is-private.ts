import { defineControl } from '../../model/control.ts';
import { dbClusterSnapshot } from '../../resources/rds/db-cluster-snapshot.ts';
import { dbSnapshot } from '../../resources/rds/db-snapshot.ts';
import { evaluateSharing, unsharing } from './shared/snapshot-sharing.ts';

// Whatever engine it is of: Security Hub evaluates DocumentDB's and Neptune's snapshots here as well, beside
// DocumentDB.3 and Neptune.3.
export const snapshotIsPrivate = defineControl([dbSnapshot, dbClusterSnapshot], {
  id: 'RDS.1',
  title: 'RDS snapshot should be private',
  severity: 'CRITICAL',
  rationale:
    'Anybody with an AWS account can restore a public snapshot and read every row that was in the database.',
  standards: {
    'fsbp-1.0.0': ['RDS.1'],
    'nist-800-53-r5': [
      'AC-21',
      'AC-3',
      'AC-3(7)',
      'AC-4',
      'AC-4(21)',
      'AC-6',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(3)',
      'SC-7(4)',
      'SC-7(9)',
    ],
  },
  exposes: true,
  needs: ['attributes'],
  evaluate: ({ attributes }) => evaluateSharing(attributes),
  remediation: unsharing,
});
