import { launchTemplateEncryptsVolumes } from '../../../lib/controls/vpc/launch-template-encrypts-volumes.ts';
import { testControl } from '../harness.ts';

testControl(launchTemplateEncryptsVolumes, {
  rows: {
    'every volume is encrypted': {
      given: { volumes: [{ device: '/dev/xvda', isEncrypted: true }] },
      verdict: 'PASS',
    },
    // "The control fails if the encryption parameter is set to False for any EBS volumes".
    'it says nothing of encryption': {
      given: { volumes: [{ device: '/dev/xvda', isEncrypted: undefined }] },
      verdict: 'PASS',
    },
    'it says nothing of volumes': { given: { volumes: [] }, verdict: 'PASS' },
    'one of two is not': {
      given: {
        volumes: [
          { device: '/dev/xvda', isEncrypted: true },
          { device: '/dev/sdf', isEncrypted: false },
        ],
      },
      verdict: 'FAIL',
      evidence: ['volumes[1].isEncrypted'],
    },
  },
});
