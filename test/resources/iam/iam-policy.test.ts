import { parsePolicy } from '../../../lib/analysis/policies/policy-document.ts';
import { iamPolicy } from '../../../lib/resources/iam/iam-policy.ts';
import { awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';
import { admin, announced, policy, read } from '../iam-announced.ts';

seesEveryFacet(iamPolicy);

const aws = awsForTests();
// What only plans need is not the evaluator's to read unless something is planned.
const facets = Object.keys(iamPolicy.facets).filter((name) => name !== 'versions');
const arn = 'arn:aws:iam::123456789012:policy/facet-reader';
const managed = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

describe('a customer managed policy', () => {
  beforeAll(async () => {
    const iam = await aws.clients()('iam');
    await iam.createPolicy({
      PolicyName: 'facet-reader',
      PolicyDocument: policy(read),
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    await iam.createGroup({ GroupName: 'facet-readers' });
    await iam.attachGroupPolicy({ GroupName: 'facet-readers', PolicyArn: arn });
    await iam.createPolicyVersion({ PolicyArn: arn, PolicyDocument: policy(admin) });
  });

  it('is read in its default version', async () => {
    const text = await iamPolicy.facets.defaultVersion.read(aws.reader(), refOf(arn));
    expect(parsePolicy(text)).toMatchObject({
      statements: [{ actions: { patterns: ['s3:GetObject'] } }],
    });
    const iam = await aws.clients()('iam');
    await iam.setDefaultPolicyVersion({ PolicyArn: arn, VersionId: 'v2' });
    const changed = await iamPolicy.facets.defaultVersion.read(aws.reader(), refOf(arn));
    expect(parsePolicy(changed)).toMatchObject({ statements: [{ actions: { patterns: ['*'] } }] });
  });

  it('is read with how often it is used', async () => {
    expect(await aws.reader().read(iamPolicy, refOf(arn), ['use'])).toMatchObject({
      facets: { use: { value: { attachments: 1, boundaries: 0 } } },
    });
  });

  it('is read with its versions', async () => {
    const versions = await iamPolicy.facets.versions.read(aws.reader(), refOf(arn));
    expect(versions.toSorted()).toEqual(['v1', 'v2']);
    const { resources } = await iamPolicy.live.list.page(aws.reader(), undefined);
    const listed = resources.find(({ id }) => id === arn)?.facets?.versions ?? [];
    expect(listed.toSorted()).toEqual(['v1', 'v2']);
  });

  it('is seen as gone by every facet', async () => {
    for (const facet of facets)
      expect(await aws.reader().read(iamPolicy, refOf(`${arn}-gone`), [facet])).toMatchObject({
        gone: true,
      });
  });

  it('is listed with all its facets, and AWS’s own policies are not', async () => {
    const { resources } = await iamPolicy.live.list.page(aws.reader(), undefined);
    const listed = resources.find(({ id }) => id === arn);
    const { use, defaultVersion } = iamPolicy.facets;
    expect(listed?.facets?.use).toEqual(await use.read(aws.reader(), refOf(arn)));
    const text = await defaultVersion.read(aws.reader(), refOf(arn));
    expect(parsePolicy(listed?.facets?.defaultVersion ?? '')).toEqual(parsePolicy(text));
    expect(resources.filter(({ id }) => id.includes(':aws:policy/'))).toEqual([]);
  });

  it('tells its ARN and tags', async () => {
    expect(await iamPolicy.about.read(aws.reader(), refOf(arn))).toEqual({
      arn,
      tags: { team: 'shop' },
    });
  });
});

describe('events of a policy', () => {
  it('name it, in the answer where it was just made', () => {
    const responseElements = { policy: { arn, policyName: 'facet-reader' } };
    const created = { requestParameters: { policyName: 'facet-reader' }, responseElements };
    expect(announced(iamPolicy, 'CreatePolicy', created)).toEqual([
      { ids: [arn], effect: 'created' },
    ]);
    const changed = { requestParameters: { policyArn: arn, setAsDefault: true } };
    expect(announced(iamPolicy, 'CreatePolicyVersion', changed)).toEqual([
      { ids: [arn], effect: ['defaultVersion'] },
    ]);
  });
  it('name no policy of the account where AWS’s own is attached', () => {
    const attach = (policyArn: string) =>
      announced(iamPolicy, 'AttachRolePolicy', { requestParameters: { policyArn } });
    expect(attach(managed)).toEqual([{ ids: [], effect: ['use'] }]);
    expect(attach(arn)).toEqual([{ ids: [arn], effect: ['use'] }]);
  });
  it('name it where it becomes a boundary, and all where one is taken off', () => {
    const requestParameters = { roleName: 'orders', permissionsBoundary: arn };
    expect(announced(iamPolicy, 'PutRolePermissionsBoundary', { requestParameters })).toMatchObject(
      [{ ids: [arn] }],
    );
    const taken = { requestParameters: { roleName: 'orders' } };
    expect(announced(iamPolicy, 'CreateRole', taken)).toMatchObject([{ ids: [] }]);
    for (const call of ['DeleteRolePermissionsBoundary', 'DeleteUserPermissionsBoundary'])
      expect(announced(iamPolicy, call, taken)).toMatchObject([{ ids: 'all' }]);
  });
});
