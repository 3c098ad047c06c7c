import { defineControl, propose } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { evaluateEncryption } from './shared/database-encryption.ts';
import { notOfRds } from './shared/database-scope.ts';

export const clusterIsEncrypted = defineControl(dbCluster, {
  id: 'RDS.27',
  title: 'RDS DB clusters should be encrypted at rest',
  severity: 'MEDIUM',
  rationale:
    'Without encryption at rest the storage, backups and snapshots of the cluster can be read by whoever gets hold of them.',
  standards: {
    'fsbp-1.0.0': ['RDS.27'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
  },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    notOfRds(cluster.Engine) ?? evaluateEncryption('the DB cluster', 'cluster', cluster),
  remediation: {
    advice:
      'It cannot be turned on later: restore a snapshot of the DB cluster to a new one with a KMS key, and move the clients to it.',
    grants: [],
    plan: () =>
      propose(
        'encryption is chosen at creation: it takes a DB cluster restored from a snapshot with a KMS key, to which the clients move',
      ),
  },
});
