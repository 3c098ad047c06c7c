import { parsePolicy } from '../../../lib/analysis/policies/policy-document.ts';
import { allControls } from '../../../lib/controls/index.ts';
import { iamUser } from '../../../lib/resources/iam/iam-user.ts';
import { awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';
import { admin, announced, policy, read } from '../iam-announced.ts';

seesEveryFacet(iamUser, { 'passwordLastUsedAt: present': 'moto signs nobody in to the console' });

const aws = awsForTests();
// What only plans need is not the evaluator's to read unless something is planned.
const facets = Object.keys(iamUser.facets).filter((name) => name !== 'privileges');
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

describe('an IAM user', () => {
  let keyId = '';
  beforeAll(async () => {
    const iam = await aws.clients()('iam');
    const UserName = 'facet-alice';
    await iam.createUser({ UserName, Path: '/people/', Tags: [{ Key: 'team', Value: 'shop' }] });
    await iam.createUser({ UserName: 'facet-bare' });
    keyId = (await iam.createAccessKey({ UserName })).AccessKey?.AccessKeyId ?? '';
    const { AccessKey } = await iam.createAccessKey({ UserName });
    await iam.updateAccessKey({
      UserName,
      AccessKeyId: AccessKey?.AccessKeyId,
      Status: 'Inactive',
    });
    await iam.createLoginProfile({ UserName, Password: 'Correct-horse-7' });
    const { VirtualMFADevice } = await iam.createVirtualMFADevice({
      VirtualMFADeviceName: 'facet-alice',
    });
    await iam.enableMFADevice({
      UserName,
      SerialNumber: VirtualMFADevice?.SerialNumber,
      AuthenticationCode1: '123456',
      AuthenticationCode2: '654321',
    });
    await iam.attachUserPolicy({ UserName, PolicyArn: readOnly });
    await iam.putUserPolicy({ UserName, PolicyName: 'one', PolicyDocument: policy(read) });
    await iam.putUserPolicy({ UserName, PolicyName: 'two', PolicyDocument: policy(read, read) });
  });

  it('is read facet by facet', async () => {
    const reading = await aws.reader().read(iamUser, refOf('facet-alice'), facets);
    expect(reading).toMatchObject({
      facets: {
        accessKeys: { value: expect.arrayContaining([expect.objectContaining({ id: keyId })]) },
        accessKeyUse: {
          value: expect.arrayContaining([
            { id: keyId, isActive: true, createdAt: expect.any(Date), lastUsedAt: undefined },
            expect.objectContaining({ isActive: false }),
          ]),
        },
        loginProfile: { value: { createdAt: expect.any(Date) } },
        passwordLastUsedAt: { value: undefined },
        mfaDevices: { value: [expect.stringContaining('mfa/facet-alice')] },
        attachedPolicies: { value: [{ name: 'ReadOnlyAccess', arn: readOnly }] },
        inlinePolicyNames: { value: ['one', 'two'] },
      },
    });
  });

  it('is read with its inline policies, which parse', async () => {
    const value = await iamUser.facets.inlinePolicies.read(aws.reader(), refOf('facet-alice'));
    expect(value.map(({ name }) => name)).toEqual(['one', 'two']);
    const parsed = parsePolicy(value[1]?.document ?? '');
    expect(parsed).toMatchObject({ statements: [{ effect: 'Allow' }, { effect: 'Allow' }] });
  });

  it('is read with the documents of its own policies and of its groups’', async () => {
    const iam = await aws.clients()('iam');
    const GroupName = 'facet-leaders';
    await iam.createGroup({ GroupName });
    await iam.attachGroupPolicy({ GroupName, PolicyArn: readOnly });
    await iam.putGroupPolicy({ GroupName, PolicyName: 'all', PolicyDocument: policy(admin) });
    await iam.createUser({ UserName: 'facet-member' });
    await iam.addUserToGroup({ GroupName, UserName: 'facet-member' });
    const documents = async (name: string) => {
      const privileges = await iamUser.facets.privileges.read(aws.reader(), refOf(name));
      return privileges.map(parsePolicy);
    };
    expect(await documents('facet-member')).toMatchObject([
      { statements: expect.any(Array) },
      { statements: [{ actions: { patterns: ['*'] } }] },
    ]);
    expect(await documents('facet-alice')).toHaveLength(3);
  });

  it('is the same while its credentials are used', async () => {
    const { accessKeyUse, passwordLastUsedAt } = iamUser.facets;
    const used = await accessKeyUse.read(aws.reader(), refOf('facet-alice'));
    const later = used.map((key) => ({ ...key, lastUsedAt: new Date() }));
    expect(accessKeyUse.comparable(later)).toEqual(accessKeyUse.comparable(used));
    const changed = used.map((key) => ({ ...key, isActive: !key.isActive }));
    expect(accessKeyUse.comparable(changed)).not.toEqual(accessKeyUse.comparable(used));
    expect(passwordLastUsedAt.comparable()).toBeUndefined();
  });

  it('is read where it has nothing', async () => {
    const reading = await aws.reader().read(iamUser, refOf('facet-bare'), facets);
    expect(reading).toMatchObject({
      gone: false,
      facets: {
        accessKeys: { value: [] },
        accessKeyUse: { value: [] },
        loginProfile: { value: undefined },
        mfaDevices: { value: [] },
        attachedPolicies: { value: [] },
        inlinePolicies: { value: [] },
      },
    });
  });

  it('is seen as gone by every facet but those of the password', async () => {
    const ofNobody = iamUser.facets.privileges.read(aws.reader(), refOf('facet-nobody'));
    await expect(ofNobody).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    for (const facet of facets) {
      const reading = await aws.reader().read(iamUser, refOf('facet-nobody'), [facet]);
      const isOfPassword = facet === 'loginProfile' || facet === 'passwordLastUsedAt';
      expect([facet, reading.gone]).toEqual([facet, !isOfPassword]);
    }
  });

  it('is seen as gone by each control that needs loginProfile', async () => {
    const needs = (await allControls()).map((control) => control.needs);
    const withPassword = needs.filter((names) => names.includes('loginProfile'));
    expect(withPassword.length).toBeGreaterThan(0);
    for (const names of withPassword) {
      const reading = await aws.reader().read(iamUser, refOf('facet-nobody'), names);
      expect(reading).toMatchObject({ gone: true });
    }
  });

  it('is listed with its policies, as they are read', async () => {
    const { resources } = await iamUser.live.list.page(aws.reader(), undefined);
    const alice = resources.find(({ id }) => id === 'facet-alice');
    const names = ['attachedPolicies', 'inlinePolicyNames', 'inlinePolicies'];
    const reading = await aws.reader().read(iamUser, refOf('facet-alice'), names);
    expect(reading).toMatchObject({
      facets: {
        attachedPolicies: { value: alice?.facets?.attachedPolicies },
        inlinePolicyNames: { value: alice?.facets?.inlinePolicyNames },
        inlinePolicies: { value: alice?.facets?.inlinePolicies },
      },
    });
    expect(alice?.facets?.inlinePolicies).toHaveLength(2);
  });

  it('tells its ARN and tags', async () => {
    expect(await iamUser.about.read(aws.reader(), refOf('facet-alice'))).toEqual({
      arn: 'arn:aws:iam::123456789012:user/people/facet-alice',
      tags: { team: 'shop' },
    });
  });
});

describe('events of an IAM user', () => {
  const caller = { type: 'IAMUser', userName: 'alice' };
  it('name the user', () => {
    const detail = { requestParameters: { userName: 'bob' }, userIdentity: caller };
    expect(announced(iamUser, 'CreateAccessKey', detail)).toEqual([
      { ids: ['bob'], effect: ['accessKeys', 'accessKeyUse'] },
    ]);
    expect(announced(iamUser, 'CreateUser', detail)).toEqual([{ ids: ['bob'], effect: 'created' }]);
  });
  it('are about the caller where they name nobody', () => {
    const detail = { requestParameters: null, userIdentity: caller };
    expect(announced(iamUser, 'ChangePassword', detail)).toMatchObject([{ ids: ['alice'] }]);
  });
  it('are about no user where the root user changes its own', () => {
    const detail = { requestParameters: null, userIdentity: { type: 'Root', userName: 'corp' } };
    expect(announced(iamUser, 'CreateAccessKey', detail)).toMatchObject([{ ids: [] }]);
    const device = { requestParameters: { userName: 'AWS ROOT USER' } };
    expect(announced(iamUser, 'EnableMFADevice', device)).toMatchObject([{ ids: [] }]);
  });
  it('are about all users where they name nobody and the caller is no user', () => {
    const detail = { requestParameters: null, userIdentity: { type: 'AssumedRole' } };
    expect(announced(iamUser, 'DeleteAccessKey', detail)).toMatchObject([{ ids: 'all' }]);
  });
  it('name two users where one is renamed', () => {
    const requestParameters = { userName: 'bob', newUserName: 'robert' };
    expect(announced(iamUser, 'UpdateUser', { requestParameters })).toMatchObject([
      { ids: ['bob', 'robert'] },
    ]);
  });
});
