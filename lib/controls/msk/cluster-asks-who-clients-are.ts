import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { mskCluster } from '../../resources/msk/msk-cluster.ts';

export const clusterAsksWhoClientsAre = defineControl(mskCluster, {
  id: 'MSK.6',
  title: 'MSK clusters should disable unauthenticated access',
  severity: 'MEDIUM',
  rationale: 'Whoever gets into the network of the cluster can read and write every topic.',
  standards: { 'fsbp-1.0.0': ['MSK.6'] },
  needs: ['cluster'],
  evaluate({ cluster: { isServerless, authentication, admitsAnybody } }) {
    if (isServerless) return notApplicable('a serverless cluster asks every client by IAM');
    if (admitsAnybody)
      return fail('the cluster admits clients that do not say who they are', [
        { path: 'cluster.admitsAnybody', actual: true, expected: false },
      ]);
    if (authentication.length > 0) return pass;
    // A cluster that knows no way to ask admits everybody, whether or not it says so.
    return fail('the cluster has no way to ask clients who they are', [
      { path: 'cluster.authentication', actual: [], expected: 'IAM, SCRAM or TLS' },
    ]);
  },
  remediation: {
    advice:
      'Turn on IAM, SASL/SCRAM or mutual TLS, have every client use it, and then turn unauthenticated access off.',
  },
});
