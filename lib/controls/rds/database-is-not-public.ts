import { defineControl, fail, pass, propose, unknown } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeInstance, modifiesInstance, multiAzClusterOf } from './shared/database-change.ts';

// Whatever runs on it: Security Hub evaluates DocumentDB's and Neptune's instances here as well.
// The setting never waits: ModifyDBInstance applies it at once, so nothing of it is ever pending.
export const databaseIsNotPublic = defineControl(dbInstance, {
  id: 'RDS.2',
  title:
    'RDS DB Instances should prohibit public access, as determined by the PubliclyAccessible configuration',
  severity: 'CRITICAL',
  rationale:
    'A publicly accessible database has an address on the internet, where only a security group and a password keep strangers out.',
  standards: {
    'fsbp-1.0.0': ['RDS.2'],
    'cis-aws-3.0.0': ['2.3.3'],
    'cis-aws-5.0.0': ['2.2.3'],
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(21)',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(21)',
      'SC-7(4)',
      'SC-7(5)',
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  exposes: true,
  needs: ['instance'],
  evaluate({ instance: { PubliclyAccessible: isPublic } }) {
    // RDS always says; an answer without it is no evidence that the instance is private.
    if (isPublic === undefined) return unknown('PubliclyAccessible is not in the answer of RDS');
    if (!isPublic) return pass;
    return fail('the DB instance is publicly accessible', [
      { path: 'instance.PubliclyAccessible', actual: true, expected: false },
    ]);
  },
  remediation: {
    advice:
      'Set Public access to No on the DB instance; clients outside its VPC then need a VPN, a peering or a bastion.',
    grants: modifiesInstance,
    plan({ instance }, place) {
      const cluster = multiAzClusterOf(instance);
      if (cluster)
        return propose(`public access of the Multi-AZ DB cluster ${cluster} is chosen at creation`);
      return changeInstance(instance, place, {
        risk: 'safe',
        summary: 'takes the public address from the DB instance',
        set: { PubliclyAccessible: false },
        back: { PubliclyAccessible: true },
        widensAccess: true,
      });
    },
  },
});
