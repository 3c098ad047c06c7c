import type { Clients } from '../../../lib/aws/clients.ts';
import { stateMachineWritesLogs } from '../../../lib/controls/sfn/state-machine-writes-logs.ts';
import { account, nameOf, region, type Turn } from '../../local/path/turns/turn.ts';
import { testControl } from '../harness.ts';

const machine = (logLevel: 'ALL' | 'ERROR' | 'FATAL' | 'OFF', status: 'ACTIVE' | 'DELETING') => ({
  stateMachine: { logLevel, status },
});

testControl(stateMachineWritesLogs, {
  rows: {
    'it writes everything': { given: machine('ALL', 'ACTIVE'), verdict: 'PASS' },
    // Security Hub asks for a level only where somebody gives it one.
    'it writes what ends it': { given: machine('FATAL', 'ACTIVE'), verdict: 'PASS' },
    'it writes nothing': {
      given: machine('OFF', 'ACTIVE'),
      verdict: 'FAIL',
      evidence: ['stateMachine.logLevel'],
    },
    'it writes more than is asked for': {
      given: machine('ALL', 'ACTIVE'),
      parameters: { logLevel: 'ERROR' },
      verdict: 'PASS',
    },
    'it writes what is asked for': {
      given: machine('ERROR', 'ACTIVE'),
      parameters: { logLevel: 'ERROR' },
      verdict: 'PASS',
    },
    'it writes less than is asked for': {
      given: machine('FATAL', 'ACTIVE'),
      parameters: { logLevel: 'ERROR' },
      verdict: 'FAIL',
      evidence: ['stateMachine.logLevel'],
    },
    'it writes errors, and everything is asked for': {
      given: machine('ERROR', 'ACTIVE'),
      parameters: { logLevel: 'ALL' },
      verdict: 'FAIL',
      evidence: ['stateMachine.logLevel'],
    },
    'it writes nothing, and little is asked for': {
      given: machine('OFF', 'ACTIVE'),
      parameters: { logLevel: 'FATAL' },
      verdict: 'FAIL',
      evidence: ['stateMachine.logLevel'],
    },
    'it is being deleted': { given: machine('OFF', 'DELETING'), verdict: 'NOT_APPLICABLE' },
  },
});

const arnOf = (kind: string, name: string) => `arn:aws:${kind}:${region}:${account}:${name}`;
const destinations = [
  { cloudWatchLogsLogGroup: { logGroupArn: arnOf('logs', 'log-group:machines:*') } },
];
const log = async (clients: Clients, name: string, level: 'ERROR' | 'OFF') =>
  (await clients('sfn')).updateStateMachine({
    stateMachineArn: arnOf('states', `stateMachine:${name}`),
    loggingConfiguration: { level, destinations },
  });

export const turn: Turn = {
  control: 'StepFunctions.1',
  type: 'AWS::StepFunctions::StateMachine',
  make: async (clients) => {
    const name = nameOf('turn');
    await (await clients('sfn')).createStateMachine({
      name,
      definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }),
      roleArn: `arn:aws:iam::${account}:role/machines`,
      loggingConfiguration: { level: 'ERROR', destinations },
    });
    return name;
  },
  wrong: (clients, name) => log(clients, name, 'OFF'),
  right: (clients, name) => log(clients, name, 'ERROR'),
};
