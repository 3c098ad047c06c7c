import { defineControl, type Evidence, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterRequiresTls = defineControl(redshiftCluster, {
  id: 'Redshift.2',
  title: 'Connections to Amazon Redshift clusters should be encrypted in transit',
  severity: 'MEDIUM',
  rationale:
    'Whoever is on the way reads along, and takes passwords, where a connection is not encrypted.',
  standards: {
    'fsbp-1.0.0': ['Redshift.2'],
    'nist-800-53-r5': [
      'AC-4',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
    ],
    'pci-dss-4.0.1': ['1.2.5', '2.2.5', '2.2.7', '4.2.1', '4.2.1.1', '8.3.2'],
  },
  needs: ['tls'],
  evaluate({ tls }) {
    const off: readonly Evidence[] =
      tls.length === 0
        ? [{ path: 'tls', actual: [], expected: 'a parameter group that requires TLS' }]
        : tls.flatMap(({ isRequired }, index) =>
            isRequired ? [] : [{ path: `tls[${index}].isRequired`, actual: false, expected: true }],
          );
    if (off.length > 0) return fail('the cluster takes connections without TLS', off);
    const late = tls.flatMap(({ status }, index) =>
      status === 'pending-reboot'
        ? [{ path: `tls[${index}].status`, actual: status, expected: 'in-sync' }]
        : [],
    );
    return late.length > 0
      ? fail('the cluster requires TLS after its next restart only', late)
      : pass;
  },
  remediation: {
    advice:
      'Set require_ssl to true in a parameter group of your own, give that to the cluster, and restart it. Clients that connect without TLS are shut out: look for them in the connection log first.',
  },
});
