import { iamAccount } from '../../../lib/resources/account/iam-account.ts';
import { accountId, awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';
import { announced } from '../iam-announced.ts';

seesEveryFacet(iamAccount, {
  'supportAccess: absent': 'the policy is AWS’s own and always there',
});

const aws = awsForTests();
const support = 'arn:aws:iam::aws:policy/AWSSupportAccess';
const here = refOf(accountId);

describe('the account in IAM', () => {
  it('has no password policy until one is set', async () => {
    const iam = await aws.clients()('iam');
    expect(await aws.reader().read(iamAccount, here, ['passwordPolicy'])).toMatchObject({
      facets: { passwordPolicy: { value: undefined } },
    });
    await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 14, RequireSymbols: true });
    expect(await aws.reader().read(iamAccount, here, ['passwordPolicy'])).toMatchObject({
      facets: { passwordPolicy: { value: { MinimumPasswordLength: 14, RequireSymbols: true } } },
    });
    await iam.deleteAccountPasswordPolicy({});
  });

  it('is summed up', async () => {
    expect(await aws.reader().read(iamAccount, here, ['summary'])).toMatchObject({
      facets: { summary: { value: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 } } },
    });
  });

  it('lists the root user’s virtual devices, not those of users', async () => {
    const iam = await aws.clients()('iam');
    await iam.createUser({ UserName: 'facet-phone' });
    const { VirtualMFADevice } = await iam.createVirtualMFADevice({
      VirtualMFADeviceName: 'facet-phone',
    });
    await iam.enableMFADevice({
      UserName: 'facet-phone',
      SerialNumber: VirtualMFADevice?.SerialNumber,
      AuthenticationCode1: '123456',
      AuthenticationCode2: '654321',
    });
    expect(await aws.reader().read(iamAccount, here, ['rootVirtualMfaDevices'])).toMatchObject({
      facets: { rootVirtualMfaDevices: { value: [] } },
    });
  });

  it('tells when the root user was last at work, from a report that begins with it', async () => {
    const iam = await aws.clients()('iam');
    await iam.createUser({ UserName: 'facet,with-comma' });
    expect(await aws.reader().read(iamAccount, here, ['rootUse'])).toMatchObject({
      facets: {
        rootUse: { value: { password: 'no_information', firstKey: 'N/A', secondKey: 'N/A' } },
      },
    });
  });

  it('tells who can open cases with AWS Support', async () => {
    const iam = await aws.clients()('iam');
    const RoleName = 'facet-support';
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: '{"Statement":[]}' });
    await iam.attachRolePolicy({ RoleName, PolicyArn: support });
    expect(await aws.reader().read(iamAccount, here, ['supportAccess'])).toMatchObject({
      facets: { supportAccess: { value: expect.arrayContaining([RoleName]) } },
    });
    await iam.detachRolePolicy({ RoleName, PolicyArn: support });
    expect(await aws.reader().read(iamAccount, here, ['supportAccess'])).toMatchObject({
      facets: { supportAccess: { value: expect.not.arrayContaining([RoleName]) } },
    });
  });
});

describe('events of the account in IAM', () => {
  it('are the root user’s own keys and devices, not those of users', () => {
    const root = { type: 'Root', arn: `arn:aws:iam::${accountId}:root` };
    const user = { type: 'IAMUser', arn: `arn:aws:iam::${accountId}:user/alice` };
    const ids = (userIdentity: object) =>
      announced(iamAccount, 'CreateAccessKey', { userIdentity }).map((one) => one.ids);
    expect(ids(root)).toEqual([[accountId]]);
    expect(ids(user)).toEqual([[]]);
  });
  it('are sign-ins as root, not those of users', () => {
    const signIn = iamAccount.live.announcements.find(({ via }) => via === 'service');
    const ids = (type: string) =>
      signIn?.idsIn({ eventName: 'ConsoleLogin', userIdentity: { type } }, accountId);
    expect(ids('Root')).toEqual([accountId]);
    expect(ids('IAMUser')).toEqual([]);
  });
  it('are the password policy’s', () => {
    expect(announced(iamAccount, 'UpdateAccountPasswordPolicy', {})).toEqual([
      { ids: [accountId], effect: ['passwordPolicy'] },
    ]);
  });
  it('are those of the support policy alone', () => {
    const attach = (policyArn: string) =>
      announced(iamAccount, 'AttachRolePolicy', { requestParameters: { policyArn } });
    expect(attach(support)).toEqual([{ ids: [accountId], effect: ['supportAccess'] }]);
    expect(attach('arn:aws:iam::aws:policy/ReadOnlyAccess')).toMatchObject([{ ids: [] }]);
  });
});
