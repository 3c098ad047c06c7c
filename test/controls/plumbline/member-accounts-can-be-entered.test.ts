import { memberAccountsCanBeEntered } from '../../../lib/controls/plumbline/member-accounts-can-be-entered.ts';
import { testControl } from '../harness.ts';

const read = { role: 'Plumbline-Read', refusal: undefined };
const publish = { role: 'Plumbline-Publish', refusal: undefined };
const refusal = 'not authorized to perform: sts:AssumeRole';

testControl(memberAccountsCanBeEntered, {
  base: { entry: [read, publish] },
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
      reason: /not assume Plumbline-Read and Plumbline-Publish/,
      evidence: ['entry[Plumbline-Read]', 'entry[Plumbline-Publish]'],
    },
    'findings can not be published': {
      given: { entry: [read, { ...publish, refusal }] },
      verdict: 'FAIL',
      reason: /not assume Plumbline-Publish: /,
      evidence: ['entry[Plumbline-Publish]'],
    },
  },
});
