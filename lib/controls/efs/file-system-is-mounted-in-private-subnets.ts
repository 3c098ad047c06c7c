import { defineControl, fail, pass } from '../../model/control.ts';
import { efsFileSystem } from '../../resources/efs/efs-file-system.ts';

export const fileSystemIsMountedInPrivateSubnets = defineControl(efsFileSystem, {
  id: 'EFS.6',
  title: 'EFS mount targets should not be in subnets that assign public IP addresses',
  severity: 'MEDIUM',
  rationale:
    'A subnet that gives public addresses is one that the internet leads to, and the file system is in it.',
  standards: { 'fsbp-1.0.0': ['EFS.6'] },
  needs: ['mountTargets'],
  evaluate({ mountTargets }) {
    const open = mountTargets.flatMap(({ mapsPublicIp }, index) =>
      mapsPublicIp
        ? [{ path: `mountTargets[${index}].mapsPublicIp`, actual: true, expected: false }]
        : [],
    );
    return open.length === 0
      ? pass
      : fail('the file system is mounted in a subnet that gives public addresses', open);
  },
  remediation: {
    advice:
      'Make mount targets in private subnets, and delete those in the others; clients in their zones lose the mount until they use another. Or have the subnet give no public addresses (EC2.15).',
  },
});
