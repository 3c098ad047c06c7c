import { inlinePoliciesGrantNoFullAdmin } from '../../../lib/controls/iam/inline-policies-grant-no-full-admin.ts';
import { testControl } from '../harness.ts';
import { group } from './shared/identities.ts';

const plan = { proposal: /known to those who use the policy/ };

const inline = (name: string, Statement: object) => ({
  name,
  document: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement })),
});
const read = inline('read', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const admin = inline('admin', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
const broken = { name: 'broken', document: 'not JSON' };

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const allow = (Action: string | readonly string[]) => ({ Effect: 'Allow', Action, Resource: '*' });
const byLetter = letters.map((letter) => `${letter}*`);

testControl(inlinePoliciesGrantNoFullAdmin, {
  rows: {
    'every service by its first letter': {
      given: { inlinePolicies: [inline('letters', allow(byLetter))] },
      verdict: 'FAIL',
      plan,
      id: group,
    },
    'the same in capitals': {
      given: {
        inlinePolicies: [inline('letters', allow(byLetter.map((one) => one.toUpperCase())))],
      },
      verdict: 'FAIL',
      plan,
      id: group,
    },
    'the same in as many statements': {
      given: {
        inlinePolicies: [
          inline(
            'letters',
            byLetter.map((one) => allow(one)),
          ),
        ],
      },
      verdict: 'FAIL',
      plan,
      id: group,
    },
    'all letters but one': {
      given: {
        inlinePolicies: [
          inline(
            'letters',
            byLetter.slice(1).map((one) => allow(one)),
          ),
        ],
      },
      verdict: 'PASS',
    },
    none: { given: { inlinePolicies: [] }, verdict: 'PASS' },
    'a narrow one': { given: { inlinePolicies: [read] }, verdict: 'PASS' },
    'one of two allows everything': {
      given: { inlinePolicies: [read, admin] },
      verdict: 'FAIL',
      plan,
      id: group,
      evidence: ['inlinePolicies.admin.Statement[0]'],
    },
    'everything but billing': {
      given: {
        inlinePolicies: [
          inline('most', { Effect: 'Allow', NotAction: 'billing:*', Resource: '*' }),
        ],
      },
      verdict: 'FAIL',
      plan,
      id: group,
    },
    'one cannot be read': {
      given: { inlinePolicies: [read, broken] },
      verdict: 'UNKNOWN',
      reason: /broken/,
    },
    'one cannot be read, another allows everything': {
      given: { inlinePolicies: [broken, admin] },
      verdict: 'FAIL',
      plan,
      id: group,
      evidence: ['inlinePolicies.admin.Statement[0]'],
    },
  },
});
