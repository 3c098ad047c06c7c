import { tableCanBeRestored } from '../../../lib/controls/dynamodb/table-can-be-restored.ts';
import { testControl } from '../harness.ts';

const table = { state: 'ACTIVE', refusesDeletion: true } as const;

testControl(tableCanBeRestored, {
  base: { table, recovery: { isOn: true, days: 35 } },
  rows: {
    'it can': { given: {}, verdict: 'PASS' },
    // Security Hub asks for no number of days.
    'for a day': { given: { recovery: { isOn: true, days: 1 } }, verdict: 'PASS' },
    'it cannot, as by default': {
      given: { recovery: { isOn: false, days: undefined } },
      verdict: 'FAIL',
      evidence: ['recovery.isOn'],
      plan: {
        risk: 'disruptive',
        calls: ['dynamodb.updateContinuousBackups'],
        input: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      },
    },
    'one that is being changed': {
      given: {
        table: { ...table, state: 'UPDATING' },
        recovery: { isOn: false, days: undefined },
      },
      verdict: 'FAIL',
      plan: { proposal: /UPDATING/ },
    },
  },
});
