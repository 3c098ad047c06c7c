import { diskIsSharedWithKnownAccounts } from '../../../lib/controls/ec2/disk-is-shared-with-known-accounts.ts';
import { testControl } from '../harness.ts';

const known = '111122223333';
const outsider = '444455556666';
const organization = 'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5';
const unit = 'arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-a1b2-c3d4e5f6';
const sharing = (accounts: string[], organizations: string[] = []) => ({
  groups: [],
  accounts,
  organizations,
});
const parameters = { trustedAccounts: [known] };
const ofSnapshot = (UserIds: string[]) =>
  ({
    risk: 'disruptive',
    calls: ['ec2.modifySnapshotAttribute'],
    input: { SnapshotId: 'snap-1', OperationType: 'remove', UserIds },
    undo: 'widens',
  }) as const;
const ofImage = (input: object) =>
  ({
    risk: 'disruptive',
    calls: ['ec2.modifyImageAttribute'],
    input: { ImageId: 'ami-1', OperationType: 'remove', ...input },
    undo: 'widens',
  }) as const;

testControl(diskIsSharedWithKnownAccounts, {
  rows: {
    'with nobody': { given: { sharing: sharing([]) }, verdict: 'PASS' },
    'with a known account': { given: { sharing: sharing([known]) }, parameters, verdict: 'PASS' },
    'with the account itself': { given: { sharing: sharing(['123456789012']) }, verdict: 'PASS' },
    'with everybody, which is another control': {
      given: { sharing: { ...sharing([]), groups: ['all'] } },
      verdict: 'PASS',
    },
    'with an account that nobody named': {
      id: 'snap-1',
      given: { sharing: sharing([known]) },
      verdict: 'FAIL',
      evidence: ['sharing.accounts'],
      plan: ofSnapshot([known]),
    },
    'with an outsider beside a known account, which stays': {
      id: 'snap-1',
      given: { sharing: sharing([known, outsider]) },
      parameters,
      verdict: 'FAIL',
      plan: ofSnapshot([outsider]),
    },
    'an image with a known organization, and with a unit of it': {
      given: { sharing: sharing([], [organization, unit]) },
      parameters: { trustedOrganizations: ['o-a1b2c3d4e5'] },
      verdict: 'PASS',
    },
    'an image with an organization of a longer name': {
      id: 'ami-1',
      given: { sharing: sharing([], [`${organization}f`]) },
      parameters: { trustedOrganizations: ['o-a1b2c3d4e5'] },
      verdict: 'FAIL',
      evidence: ['sharing.organizations'],
      plan: ofImage({ OrganizationArns: [`${organization}f`] }),
    },
    'an image with a outsider, an organization and a unit': {
      id: 'ami-1',
      given: { sharing: sharing([outsider], [organization, unit]) },
      verdict: 'FAIL',
      evidence: ['sharing.accounts', 'sharing.organizations'],
      plan: ofImage({
        UserIds: [outsider],
        OrganizationArns: [organization],
        OrganizationalUnitArns: [unit],
      }),
    },
  },
});
