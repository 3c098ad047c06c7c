import { defineControl, fail, pass } from '../../model/control.ts';
import { efsAccessPoint } from '../../resources/efs/efs-access-point.ts';

export const accessPointHasOwnRoot = defineControl(efsAccessPoint, {
  id: 'EFS.3',
  title: 'EFS access points should enforce a root directory',
  severity: 'MEDIUM',
  rationale: 'Whoever comes in by the access point sees all of the file system, others’ data too.',
  standards: { 'fsbp-1.0.0': ['EFS.3'], 'nist-800-53-r5': ['AC-6(10)'] },
  needs: ['accessPoint'],
  evaluate: ({ accessPoint: { root } }) =>
    root === '/'
      ? fail('the access point shows the whole file system', [
          { path: 'accessPoint.root', actual: '/', expected: 'a directory of its own' },
        ])
      : pass,
  remediation: {
    advice:
      'An access point cannot be changed: make one with a root directory of its own, mount by it, and delete the old one.',
  },
});
