import { vpcLogsFlows } from '../../../lib/controls/ec2/vpc-logs-flows.ts';
import { testControl } from '../harness.ts';

const log = { id: 'fl-1', status: 'ACTIVE', traffic: 'ALL', trouble: undefined } as const;
const plan = { proposal: /for a person to say/ };

testControl(vpcLogsFlows, {
  rows: {
    'all traffic': { given: { flowLogs: [log] }, verdict: 'PASS' },
    'rejected traffic': { given: { flowLogs: [{ ...log, traffic: 'REJECT' }] }, verdict: 'PASS' },
    'nothing is logged': { given: { flowLogs: [] }, verdict: 'FAIL', evidence: ['flowLogs'], plan },
    'accepted traffic alone': {
      given: { flowLogs: [{ ...log, traffic: 'ACCEPT' }] },
      verdict: 'FAIL',
      evidence: ['flowLogs[fl-1]'],
      plan,
    },
    'accepted traffic by one log, rejected by another': {
      given: {
        flowLogs: [
          { ...log, traffic: 'ACCEPT' },
          { ...log, id: 'fl-2', traffic: 'REJECT' },
        ],
      },
      verdict: 'PASS',
    },
    'the destination refuses it': {
      given: { flowLogs: [{ ...log, trouble: 'Access error' }] },
      verdict: 'FAIL',
      plan,
    },
    'it comes late': {
      given: { flowLogs: [{ ...log, trouble: 'Rate limited' }] },
      verdict: 'PASS',
    },
  },
});
