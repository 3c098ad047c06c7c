import { attachedVolumeIsEncrypted } from '../../../lib/controls/ec2/attached-volume-is-encrypted.ts';
import { testControl } from '../harness.ts';

const given = (isEncrypted: boolean, instances: string[]) => ({
  volume: { isEncrypted, instances, state: instances.length > 0 ? 'in-use' : 'available' } as const,
});

testControl(attachedVolumeIsEncrypted, {
  rows: {
    'attached and encrypted': { given: given(true, ['i-1']), verdict: 'PASS' },
    'attached and not encrypted': {
      given: given(false, ['i-1']),
      verdict: 'FAIL',
      evidence: ['volume.isEncrypted'],
      plan: { proposal: /takes its place/ },
    },
    'attached to nothing': { given: given(false, []), verdict: 'NOT_APPLICABLE' },
  },
});
