import { defineControl, fail, pass } from '../../model/control.ts';
import { efsAccessPoint } from '../../resources/efs/efs-access-point.ts';

export const accessPointHasOwnUser = defineControl(efsAccessPoint, {
  id: 'EFS.4',
  title: 'EFS access points should enforce a user identity',
  severity: 'MEDIUM',
  rationale: 'A client that says itself who it is can say that it is root.',
  standards: {
    'fsbp-1.0.0': ['EFS.4'],
    'nist-800-53-r5': ['AC-6(2)'],
    'pci-dss-4.0.1': ['10.3.2', '3.5.1.3', 'A1.1.2', 'A3.4.1'],
  },
  needs: ['accessPoint'],
  evaluate: ({ accessPoint: { hasUser } }) =>
    hasUser
      ? pass
      : fail('the access point takes any user that a client says it is', [
          { path: 'accessPoint.hasUser', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'An access point cannot be changed: make one with a POSIX user of its own, mount by it, and delete the old one.',
  },
});
