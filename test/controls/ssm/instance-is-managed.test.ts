import { instanceIsManaged } from '../../../lib/controls/ssm/instance-is-managed.ts';
import { running } from '../ec2/instances.ts';
import { now, testControl } from '../harness.ts';

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const started = (minutes: number) => ({ ...running, startedAt: minutesAgo(minutes) });
const again = new Date('2026-06-15T18:00:00Z');

testControl(instanceIsManaged, {
  base: { instance: started(600), agent: { ping: 'Online' } },
  rows: {
    'its agent is connected': { given: {}, verdict: 'PASS' },
    'its agent registered at once': { given: { instance: started(1) }, verdict: 'PASS' },
    'no agent has registered': {
      given: { agent: { ping: undefined } },
      verdict: 'FAIL',
      reason: /registered/,
      evidence: ['agent.ping'],
      recheckAt: again,
    },
    'Systems Manager says that it does not know the instance': {
      given: { agent: undefined },
      verdict: 'FAIL',
      reason: /registered/,
    },
    'its agent was stopped': {
      given: { agent: { ping: 'ConnectionLost' } },
      verdict: 'FAIL',
      reason: /lost its connection/,
      recheckAt: again,
    },
    'its agent is silent for a month': {
      given: { agent: { ping: 'Inactive' } },
      verdict: 'FAIL',
    },
    'its agent has not registered yet': {
      given: { instance: started(29), agent: { ping: undefined } },
      verdict: 'PASS',
      recheckAt: new Date('2026-06-15T12:01:00Z'),
    },
    'it was stopped, and has been started again': {
      given: { instance: started(1), agent: { ping: 'ConnectionLost' } },
      verdict: 'PASS',
      recheckAt: new Date('2026-06-15T12:29:00Z'),
    },
    'it had half an hour': {
      given: { instance: started(30), agent: { ping: undefined } },
      verdict: 'FAIL',
    },
    'EC2 does not say when it was started': {
      given: { instance: running, agent: { ping: undefined } },
      verdict: 'FAIL',
    },
    // "The rule will not return NON_COMPLIANT if an EC2 instance is stopped"
    'it is stopped': {
      given: { instance: { ...running, state: 'stopped' }, agent: { ping: 'ConnectionLost' } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is being started': {
      given: { instance: { ...running, state: 'pending' }, agent: { ping: undefined } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
