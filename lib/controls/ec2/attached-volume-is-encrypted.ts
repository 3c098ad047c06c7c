import { defineControl, fail, notApplicable, pass, propose } from '../../model/control.ts';
import { volume } from '../../resources/ec2/volume.ts';

export const attachedVolumeIsEncrypted = defineControl(volume, {
  id: 'EC2.3',
  title: 'Attached Amazon EBS volumes should be encrypted at-rest',
  severity: 'MEDIUM',
  rationale: 'Whoever gets a snapshot of a volume without encryption reads it without a key.',
  standards: {
    'fsbp-1.0.0': ['EC2.3'],
    'nist-800-53-r5': [
      ...['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
  },
  needs: ['volume'],
  evaluate({ volume: { isEncrypted, instances } }) {
    if (instances.length === 0) return notApplicable('the volume is attached to no instance');
    if (isEncrypted) return pass;
    return fail('the volume is attached and not encrypted', [
      { path: 'volume.isEncrypted', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Take a snapshot, copy it with encryption, make a volume of the copy, and put it in the place of the old one. Turn on encryption by default (EC2.7) for new volumes.',
    grants: [],
    plan: () => propose('a volume that is there cannot be encrypted: another takes its place'),
  },
});
