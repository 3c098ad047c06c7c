import { replicationInstanceUpgradesItself } from '../../../lib/controls/dms/replication-instance-upgrades-itself.ts';
import { testControl } from '../harness.ts';
import { instance } from './instance.ts';

testControl(replicationInstanceUpgradesItself, {
  base: instance(),
  rows: {
    'it does': { given: {}, verdict: 'PASS' },
    'it does not': {
      given: instance({ upgradesItself: false }),
      verdict: 'FAIL',
      evidence: ['instance.upgradesItself'],
      plan: {
        risk: 'safe',
        calls: ['dms.modifyReplicationInstance'],
        input: { AutoMinorVersionUpgrade: true },
      },
    },
    'it does not, and is being changed': {
      given: instance({ upgradesItself: false, status: 'modifying' }),
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    'nothing is said of it': {
      given: instance({ upgradesItself: undefined, status: undefined }),
      verdict: 'FAIL',
      plan: { proposal: /not known/ },
    },
  },
});
