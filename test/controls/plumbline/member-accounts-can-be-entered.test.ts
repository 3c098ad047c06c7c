import { memberAccountsCanBeEntered } from '../../../lib/controls/plumbline/member-accounts-can-be-entered.ts';
import { testControl } from '../harness.ts';

const read = { role: 'Plumbline-Read', refusal: undefined };
const publish = { role: 'Plumbline-Publish', refusal: undefined };
const refusal = 'not authorized to perform: sts:AssumeRole';

testControl(memberAccountsCanBeEntered, {
  base: { end: undefined, entry: [read, publish] },
  rows: {
    'both roles may be assumed': { given: {}, verdict: 'PASS' },
    'the stack does not name the account': {
      given: { entry: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /does not name/,
    },
    'the account lets nobody in': {
      given: { entry: [read, publish].map((one) => ({ ...one, refusal })) },
      verdict: 'FAIL',
      reason: /not assume Plumbline-Read and Plumbline-Publish, since the roles are gone or trust/,
      evidence: ['entry[Plumbline-Read]', 'entry[Plumbline-Publish]'],
    },
    'the account is closed': {
      given: { end: { state: 'CLOSED', name: 'shop', at: '2026-06-01T00:00:00Z' }, entry: [] },
      verdict: 'FAIL',
      reason: /, shop, is closed since 2026-06-01/,
      evidence: ['end.state'],
    },
    'it was suspended': {
      given: { end: { state: 'SUSPENDED', name: '', at: '2026-06-01T00:00:00Z' }, entry: [] },
      verdict: 'FAIL',
      reason: /without a name, is suspended by AWS/,
      evidence: ['end.state'],
    },
    'it has left the organization': {
      given: { end: { state: 'LEFT', name: 'shop', at: '2026-06-01T00:00:00Z' }, entry: [] },
      verdict: 'FAIL',
      reason: /has left the organization/,
      evidence: ['end.state'],
    },
    'findings can not be published': {
      given: { entry: [read, { ...publish, refusal }] },
      verdict: 'FAIL',
      reason:
        /not assume Plumbline-Publish, since that role is gone, or trusts somebody else; another/,
      evidence: ['entry[Plumbline-Publish]'],
    },
    'a service control policy denies it': {
      given: {
        entry: [read, publish].map((one) => ({
          ...one,
          refusal: `${refusal} with an explicit deny in a service control policy`,
        })),
      },
      verdict: 'FAIL',
      reason: /since a policy of the organization denies it/,
      evidence: ['entry[Plumbline-Read]', 'entry[Plumbline-Publish]'],
    },
    'the role of the hub has lost the right to ask': {
      given: {
        entry: [read, publish].map((one) => ({
          ...one,
          refusal: `${refusal} because no identity-based policy allows the sts:AssumeRole action`,
        })),
      },
      verdict: 'FAIL',
      reason: /since the role of Plumbline in the hub may not ask/,
      evidence: ['entry[Plumbline-Read]', 'entry[Plumbline-Publish]'],
    },
    'each role is refused by something else': {
      given: {
        entry: [
          { ...read, refusal: `${refusal} with an explicit deny in a service control policy` },
          { ...publish, refusal },
        ],
      },
      verdict: 'FAIL',
      reason: /since the roles are gone or trust/,
      evidence: ['entry[Plumbline-Read]', 'entry[Plumbline-Publish]'],
    },
  },
});
