import { regionEncryptsVolumes } from '../../../lib/controls/ec2/region-encrypts-volumes.ts';
import { testControl } from '../harness.ts';

testControl(regionEncryptsVolumes, {
  rows: {
    'new volumes are encrypted': { given: { ebsEncryption: { byDefault: true } }, verdict: 'PASS' },
    'new volumes are encrypted where asked for': {
      given: { ebsEncryption: { byDefault: false } },
      verdict: 'FAIL',
      evidence: ['ebsEncryption.byDefault'],
      plan: { risk: 'safe', calls: ['ec2.enableEbsEncryptionByDefault'] },
    },
  },
});
