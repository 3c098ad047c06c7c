import { defineControl, fail, notApplicable, pass, unknown } from '../../model/control.ts';
import { mskCluster } from '../../resources/msk/msk-cluster.ts';

export const clusterEncryptsBetweenBrokers = defineControl(mskCluster, {
  id: 'MSK.1',
  title: 'MSK clusters should be encrypted in transit among broker nodes',
  severity: 'MEDIUM',
  rationale: 'Whatever clients send goes from broker to broker, where it could be read.',
  standards: {
    'fsbp-1.0.0': ['MSK.1'],
    'nist-800-53-r5': [
      ...['AC-4', 'SC-13', 'SC-23', 'SC-23(3)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)'],
    ],
    'pci-dss-4.0.1': ['4.2.1'],
  },
  needs: ['cluster'],
  evaluate({ cluster: { isServerless, encryptsBetweenBrokers } }) {
    if (isServerless) return notApplicable('AWS encrypts a serverless cluster');
    if (encryptsBetweenBrokers === undefined)
      return unknown('InCluster is not in the answer of MSK');
    if (encryptsBetweenBrokers) return pass;
    return fail('brokers of the cluster talk to each other in the clear', [
      { path: 'cluster.encryptsBetweenBrokers', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Make a cluster with encryption within the cluster, and move topics and clients to it: the setting is chosen at creation.',
  },
});
