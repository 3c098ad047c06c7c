import { fileSystemIsMountedInPrivateSubnets } from '../../../lib/controls/efs/file-system-is-mounted-in-private-subnets.ts';
import { testControl } from '../harness.ts';

const target = (mapsPublicIp: boolean) => ({ id: 'fsmt-1', subnet: 'subnet-1', mapsPublicIp });
testControl(fileSystemIsMountedInPrivateSubnets, {
  rows: {
    'private subnets': { given: { mountTargets: [target(false)] }, verdict: 'PASS' },
    nowhere: { given: { mountTargets: [] }, verdict: 'PASS' },
    'one that gives public addresses': {
      given: { mountTargets: [target(false), target(true)] },
      verdict: 'FAIL',
      evidence: ['mountTargets[1].mapsPublicIp'],
    },
  },
});
