import { defineControl, notApplicable } from '../../model/control.ts';
import { engineOf, isAtLeast } from '../../resources/rds/db-engine.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeInstance, modifiesInstance, proposeOnCluster } from './shared/database-change.ts';
import { outOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

const families = ['aurora-mysql', 'aurora-postgresql', 'mariadb', 'mysql', 'postgres'] as const;

// A member of a cluster shows the setting of its cluster.
export const databaseOffersIamAuthentication = defineControl(dbInstance, {
  id: 'RDS.10',
  title: 'IAM authentication should be configured for RDS instances',
  severity: 'MEDIUM',
  rationale:
    'Tokens of IAM last 15 minutes and need no password that somebody has to keep, rotate and lose.',
  standards: {
    'fsbp-1.0.0': ['RDS.10'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
  },
  needs: ['instance'],
  evaluate({ instance }) {
    const outside = outOfScope(instance, { families, custom: false, members: true });
    if (outside) return outside;
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html
    if (
      engineOf(instance.Engine)?.family === 'mariadb' &&
      !isAtLeast(instance.EngineVersion, 10, 6)
    )
      return notApplicable(`MariaDB ${instance.EngineVersion} has no IAM authentication`);
    return mustBeOn(
      'instance',
      instance,
      'IAMDatabaseAuthenticationEnabled',
      'IAM database authentication is off',
    );
  },
  remediation: {
    advice:
      "Turn on IAM database authentication on the DB instance, on the cluster for a member of one, and let the applications' roles connect with tokens.",
    grants: modifiesInstance,
    plan({ instance }, place) {
      // Else it waits for the maintenance window.
      const set = { EnableIAMDatabaseAuthentication: true, ApplyImmediately: true };
      const { DBClusterIdentifier: cluster } = instance;
      if (cluster) return proposeOnCluster(cluster, set);
      // AWS asks for 300 to 1,000 MiB of free memory, which a small instance has not:
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
      return changeInstance(instance, place, {
        risk: 'disruptive',
        summary: 'turns on IAM database authentication of the DB instance, which takes memory',
        set,
        back: { ...set, EnableIAMDatabaseAuthentication: false },
      });
    },
  },
});
