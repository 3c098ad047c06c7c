import { regionClosesSerialConsole } from '../../../lib/controls/ec2/region-closes-serial-console.ts';
import { testControl } from '../harness.ts';

testControl(regionClosesSerialConsole, {
  rows: {
    off: { given: { serialConsole: { isEnabled: false, managedBy: 'account' } }, verdict: 'PASS' },
    on: {
      given: { serialConsole: { isEnabled: true, managedBy: 'account' } },
      verdict: 'FAIL',
      evidence: ['serialConsole.isEnabled'],
      plan: { risk: 'disruptive', calls: ['ec2.disableSerialConsoleAccess'], undo: 'widens' },
    },
    'on by the organization': {
      given: { serialConsole: { isEnabled: true, managedBy: 'declarative-policy' } },
      verdict: 'FAIL',
      plan: { proposal: /organization/ },
    },
  },
});
