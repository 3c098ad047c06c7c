import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { trail } from '../../resources/cloudtrail/trail.ts';

export const trailIsEncrypted = defineControl(trail, {
  id: 'CloudTrail.2',
  title: 'CloudTrail should have encryption at-rest enabled',
  severity: 'MEDIUM',
  rationale:
    'With a key of its own the log can be read only by those whom key and bucket both let in.',
  standards: {
    'fsbp-1.0.0': ['CloudTrail.2'],
    'cis-aws-1.4.0': ['3.7'],
    'cis-aws-3.0.0': ['3.5'],
    'cis-aws-5.0.0': ['3.5'],
    'nist-800-53-r5': [
      ...['AU-9', 'CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
    'pci-dss-4.0.1': ['10.3.2', '10.3.3', '10.3.4', '8.3.2', 'A1.2.1'],
  },
  needs: ['trail'],
  evaluate({ trail: { kmsKey } }) {
    if (kmsKey) return pass;
    return fail('the trail encrypts its log files with no key of KMS', [
      { path: 'trail.kmsKey', actual: null, expected: 'a key of KMS' },
    ]);
  },
  remediation: {
    advice:
      'Give the trail a KMS key whose policy lets CloudTrail encrypt with it, and lets those who read the log decrypt.',
    grants: [],
    plan: () =>
      propose(
        'the key, and who may read the log with it, are for a person to choose: with a key whose policy does not let CloudTrail in, the log ends',
      ),
  },
});
