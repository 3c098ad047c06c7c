import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { mskCluster } from '../../resources/msk/msk-cluster.ts';

export const clusterIsNotPublic = defineControl(mskCluster, {
  id: 'MSK.4',
  title: 'MSK clusters should have public access disabled',
  severity: 'CRITICAL',
  rationale: 'Brokers with public addresses answer everybody on the internet.',
  standards: { 'fsbp-1.0.0': ['MSK.4'] },
  exposes: true,
  needs: ['cluster'],
  evaluate({ cluster: { isServerless, publicAccess } }) {
    if (isServerless) return notApplicable('a serverless cluster is reached in its VPCs alone');
    // A cluster is made without it, and shows nothing until somebody turns it on:
    // https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
    if (publicAccess === undefined || publicAccess === 'DISABLED') return pass;
    return fail('brokers of the cluster have public addresses', [
      { path: 'cluster.publicAccess', actual: publicAccess, expected: 'DISABLED' },
    ]);
  },
  remediation: {
    advice:
      'Turn public access of the cluster off; clients outside its VPC then need a peering, a VPN or multi-VPC connectivity. The cluster is updated for some time.',
  },
});
