import { defineControl, propose } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { changeCluster, modifiesCluster } from './shared/database-change.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

export const clusterOffersIamAuthentication = defineControl(dbCluster, {
  id: 'RDS.12',
  title: 'IAM authentication should be configured for RDS clusters',
  severity: 'MEDIUM',
  rationale:
    'Tokens of IAM last 15 minutes and need no password that somebody has to keep, rotate and lose.',
  standards: {
    'fsbp-1.0.0': ['RDS.12'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
  },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    clusterOutOfScope(cluster) ??
    mustBeOn(
      'cluster',
      cluster,
      'IAMDatabaseAuthenticationEnabled',
      'IAM database authentication is off',
    ),
  remediation: {
    advice:
      "Turn on IAM database authentication on the DB cluster, and let the applications' roles connect with tokens.",
    grants: modifiesCluster,
    plan({ cluster }, place) {
      if (cluster.EngineMode === 'serverless')
        return propose('Aurora Serverless v1 has no IAM authentication: it takes an upgrade to v2');
      // Else it waits for the maintenance window. AWS asks for 300 to 1,000 MiB of free memory on each member:
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html
      return changeCluster(cluster, place, {
        risk: 'disruptive',
        summary: 'turns on IAM database authentication of the DB cluster, which takes memory',
        set: { EnableIAMDatabaseAuthentication: true, ApplyImmediately: true },
        back: { EnableIAMDatabaseAuthentication: false, ApplyImmediately: true },
      });
    },
  },
});
