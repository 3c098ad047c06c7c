import { defineControl, propose } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { evaluateEncryption } from './shared/database-encryption.ts';
import { notOfRds } from './shared/database-scope.ts';

export const databaseIsEncrypted = defineControl(dbInstance, {
  id: 'RDS.3',
  title: 'RDS DB instances should have encryption at-rest enabled',
  severity: 'MEDIUM',
  rationale:
    'Without encryption at rest the disks, backups and snapshots of the database can be read by whoever gets hold of them.',
  standards: {
    'fsbp-1.0.0': ['RDS.3'],
    'cis-aws-1.4.0': ['2.3.1'],
    'cis-aws-3.0.0': ['2.3.1'],
    'cis-aws-5.0.0': ['2.2.1'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
  },
  needs: ['instance'],
  evaluate: ({ instance }) =>
    notOfRds(instance.Engine) ?? evaluateEncryption('the DB instance', 'instance', instance),
  remediation: {
    advice:
      'It cannot be turned on later: copy a snapshot of the DB instance with encryption, restore a new instance from the copy, and move the clients to it.',
    grants: [],
    plan: () =>
      propose(
        'encryption is chosen at creation: it takes an encrypted copy of a snapshot, and a DB instance restored from it, to which the clients move',
      ),
  },
});
