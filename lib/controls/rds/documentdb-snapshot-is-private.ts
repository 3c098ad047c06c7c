import { defineControl } from '../../model/control.ts';
import { dbClusterSnapshot } from '../../resources/rds/db-cluster-snapshot.ts';
import { ofOther } from './shared/database-scope.ts';
import { evaluateSharing, sharesSnapshot, unshare } from './shared/snapshot-sharing.ts';

export const documentdbSnapshotIsPrivate = defineControl(dbClusterSnapshot, {
  id: 'DocumentDB.3',
  title: 'Amazon DocumentDB manual cluster snapshots should not be public',
  severity: 'CRITICAL',
  rationale:
    'Anybody with an AWS account can restore a public snapshot of DocumentDB and read every document that was in the cluster.',
  standards: {
    'fsbp-1.0.0': ['DocumentDB.3'],
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
    'pci-dss-4.0.1': ['1.4.4'],
  },
  exposes: true,
  needs: ['snapshot', 'attributes'],
  evaluate: ({ snapshot, attributes }) =>
    ofOther('docdb', { Engine: snapshot.Engine }) ?? evaluateSharing(attributes),
  remediation: {
    advice:
      "Take the value all out of the snapshot's attribute restore (Private in the console), and share it with single accounts where they need it.",
    grants: sharesSnapshot,
    plan: (_, { arn, ref }) => unshare(arn, ref),
  },
});
