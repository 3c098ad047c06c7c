import { defineControl, fail, pass } from '../../model/control.ts';
import { launchTemplate } from '../../resources/ec2/launch-template.ts';

export const launchTemplateEncryptsVolumes = defineControl(launchTemplate, {
  id: 'EC2.181',
  title: 'EC2 launch templates should enable encryption for attached EBS volumes',
  severity: 'MEDIUM',
  rationale:
    'Each instance of the template would have volumes whose snapshots anybody can read who gets them.',
  standards: { 'fsbp-1.0.0': ['EC2.181'] },
  needs: ['volumes'],
  evaluate({ volumes }) {
    const plain = volumes.flatMap(({ isEncrypted }, index) =>
      isEncrypted === false
        ? [{ path: `volumes[${index}].isEncrypted`, actual: false, expected: true }]
        : [],
    );
    return plain.length === 0
      ? pass
      : fail('the default version launches volumes without encryption', plain);
  },
  remediation: {
    advice:
      'Make a version that encrypts each volume, and make it the default. A volume of which the template says nothing is encrypted where the region does so by default (EC2.7).',
  },
});
