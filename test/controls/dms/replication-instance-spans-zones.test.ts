import { replicationInstanceSpansZones } from '../../../lib/controls/dms/replication-instance-spans-zones.ts';
import { testControl } from '../harness.ts';
import { instance } from './instance.ts';

testControl(replicationInstanceSpansZones, {
  base: instance(),
  rows: {
    'it has a standby': { given: {}, verdict: 'PASS' },
    'it has none': {
      given: instance({ spansZones: false }),
      verdict: 'FAIL',
      evidence: ['instance.spansZones'],
    },
    'nothing is said of it': { given: instance({ spansZones: undefined }), verdict: 'FAIL' },
  },
});
