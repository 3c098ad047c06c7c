import { snapshotIsSharedWithKnownAccounts } from '../../../lib/controls/rds/snapshot-is-shared-with-known-accounts.ts';
import { testControl } from '../harness.ts';

const known = '111122223333';
const outsider = '444455556666';
const parameters = { trustedAccounts: [known] };
const restorableBy = (...restore: string[]) => ({ attributes: { restore } });
const without = (ValuesToRemove: string[]) =>
  ({
    risk: 'disruptive',
    calls: ['rds.modifyDBSnapshotAttribute'],
    input: { DBSnapshotIdentifier: 'example', AttributeName: 'restore', ValuesToRemove },
    undo: 'widens',
  }) as const;

testControl(snapshotIsSharedWithKnownAccounts, {
  rows: {
    'with nobody, as each automated one': { given: restorableBy(), verdict: 'PASS' },
    'with a known account': { given: restorableBy(known), parameters, verdict: 'PASS' },
    'with the account itself': { given: restorableBy('123456789012'), verdict: 'PASS' },
    'with everybody, which is another control': { given: restorableBy('all'), verdict: 'PASS' },
    'with an account that nobody named': {
      given: restorableBy(known),
      verdict: 'FAIL',
      evidence: ['attributes.restore'],
      plan: without([known]),
    },
    'with an outsider beside a known account and everybody, who stay': {
      given: restorableBy(known, outsider, 'all'),
      parameters,
      verdict: 'FAIL',
      evidence: ['attributes.restore'],
      plan: without([outsider]),
    },
  },
});
