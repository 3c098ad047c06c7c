import { ownRulesAreEnabled } from '../../../lib/controls/plumbline/own-rules-are-enabled.ts';
import { testControl } from '../harness.ts';
import { admit, heard, queue, rule, rules } from './stack.ts';

const namesake = 'arn:aws:events:us-east-1:123456789012:rule/Plumbline-EarsCalls-1';
const [first, second] = heard.eventRules.map(({ name }) => name);

testControl(ownRulesAreEnabled, {
  base: heard,
  rows: {
    'as deployed': { given: {}, verdict: 'PASS' },
    'nothing is deployed': {
      given: { eventRules: [], queues: [] },
      verdict: 'NOT_APPLICABLE',
      reason: /not deployed/,
    },
    'a rule is disabled': {
      given: { eventRules: [rule(rules[0]), { ...rule(rules[1]), state: 'DISABLED' }] },
      verdict: 'FAIL',
      reason: /1 of 2 rules/,
      evidence: [`eventRules[${second}]`],
    },
    'a rule is enabled for read-only calls too': {
      given: {
        eventRules: heard.eventRules.map((one) => ({
          ...one,
          state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
        })),
      },
      verdict: 'PASS',
    },
    'a rule was deleted, which the queue still names': {
      given: { eventRules: [rule(rules[1])] },
      verdict: 'FAIL',
      evidence: [`eventRules[${first}]`],
    },
    'a rule of the bus was deleted, and the default bus has one of its name': {
      given: {
        eventRules: [...heard.eventRules, rule(namesake)],
        queues: [queue(admit([...rules, namesake.replace(':rule/', ':rule/Plumbline-Ears/')]))],
      },
      verdict: 'FAIL',
      evidence: ['eventRules[Plumbline-Ears/Plumbline-EarsCalls-1]'],
    },
    'every rule was deleted': { given: { eventRules: [] }, verdict: 'FAIL', reason: /2 of 2/ },
    'every rule was deleted, and the policies too': {
      given: {
        eventRules: [],
        queues: [{ arn: heard.queues[0]?.arn ?? '', policy: undefined }],
      },
      verdict: 'FAIL',
      reason: /there is no rule/,
      evidence: ['eventRules'],
    },
    'the targets of a rule were removed': {
      given: { eventRules: [rule(rules[0]), { ...rule(rules[1]), targets: [] }] },
      verdict: 'FAIL',
      evidence: [`eventRules[${second}]`],
    },
    'a rule sends elsewhere': {
      given: {
        eventRules: [
          rule(rules[0]),
          { ...rule(rules[1]), targets: ['arn:aws:sqs:us-east-1:123456789012:other'] },
        ],
      },
      verdict: 'FAIL',
      evidence: [`eventRules[${second}]`],
    },
    'a rule sends elsewhere as well': {
      given: {
        eventRules: heard.eventRules.map((one) => ({
          ...one,
          targets: [...one.targets, 'arn:aws:sqs:us-east-1:123456789012:other'],
        })),
      },
      verdict: 'PASS',
    },
    'a rule that calls a function': {
      given: {
        eventRules: [
          ...heard.eventRules,
          {
            ...rule('arn:aws:events:us-east-1:123456789012:rule/Plumbline-HeartbeatBeats-1'),
            targets: ['arn:aws:lambda:us-east-1:123456789012:function:Plumbline-Heartbeat-1'],
          },
        ],
      },
      verdict: 'PASS',
    },
    'a queue names rules that are not ours': {
      given: {
        queues: [
          queue(...rules.map(admit), admit('arn:aws:events:us-east-1:123456789012:rule/theirs')),
        ],
      },
      verdict: 'PASS',
    },
  },
});
