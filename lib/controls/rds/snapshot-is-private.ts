import { call, defineControl, fail, type Grant, pass } from '../../model/control.ts';
import { dbClusterSnapshot } from '../../resources/rds/db-cluster-snapshot.ts';
import { dbSnapshot } from '../../resources/rds/db-snapshot.ts';

const grant = (kind: ':snapshot:' | ':cluster-snapshot:', action: Grant['actions'][number]) => ({
  actions: [action],
  on: ({ arn }: { readonly arn: string }) => (arn.includes(kind) ? [arn] : []),
});

/** Takes `all` out of who may restore a snapshot, or puts it back; single accounts stay. */
const share = (
  arn: string,
  id: string,
  values: { ValuesToAdd: string[] } | { ValuesToRemove: string[] },
) =>
  arn.includes(':cluster-snapshot:')
    ? call('rds', 'modifyDBClusterSnapshotAttribute', {
        DBClusterSnapshotIdentifier: id,
        AttributeName: 'restore',
        ...values,
      })
    : call('rds', 'modifyDBSnapshotAttribute', {
        DBSnapshotIdentifier: id,
        AttributeName: 'restore',
        ...values,
      });

// Whatever engine it is of: Security Hub evaluates DocumentDB's and Neptune's snapshots here as well.
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
  evaluate({ attributes: { restore } }) {
    if (!restore.includes('all')) return pass;
    return fail('any AWS account can restore the snapshot', [
      { path: 'attributes.restore', actual: restore, expected: 'account numbers only' },
    ]);
  },
  remediation: {
    advice:
      "Take the value all out of the snapshot's attribute restore (Private in the console), and share it with single accounts where they need it.",
    grants: [
      grant(':snapshot:', 'rds:ModifyDBSnapshotAttribute'),
      grant(':cluster-snapshot:', 'rds:ModifyDBClusterSnapshotAttribute'),
    ],
    plan: (_, { arn, ref: { id } }) => ({
      kind: 'calls',
      risk: 'safe',
      summary: 'no longer lets every AWS account restore the snapshot',
      calls: [share(arn, id, { ValuesToRemove: ['all'] })],
      undo: { calls: [share(arn, id, { ValuesToAdd: ['all'] })], widensAccess: true },
    }),
  },
});
