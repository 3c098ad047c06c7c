import { parsePolicy } from '../../../lib/analysis/policies/policy-document.ts';
import { iamRole } from '../../../lib/resources/iam/iam-role.ts';
import { awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';
import { announced, policy, read } from '../iam-announced.ts';

seesEveryFacet(iamRole);

const aws = awsForTests();
// What only plans need is not the evaluator's to read unless something is planned.
const facets = Object.keys(iamRole.facets).filter((name) => name !== 'privileges');
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const lambda = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
};

describe('an IAM role', () => {
  beforeAll(async () => {
    const iam = await aws.clients()('iam');
    const RoleName = 'facet-orders';
    const AssumeRolePolicyDocument = policy(lambda);
    await iam.createRole({
      RoleName,
      AssumeRolePolicyDocument,
      Path: '/apps/',
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    await iam.createRole({ RoleName: 'facet-empty', AssumeRolePolicyDocument });
    await iam.attachRolePolicy({ RoleName, PolicyArn: readOnly });
    await iam.putRolePolicy({ RoleName, PolicyName: 'read', PolicyDocument: policy(read) });
  });

  it('is read with the documents of all its policies', async () => {
    const privileges = await iamRole.facets.privileges.read(aws.reader(), refOf('facet-orders'));
    expect(privileges.map(parsePolicy)).toMatchObject([
      { statements: expect.any(Array) },
      { statements: [{ actions: { patterns: ['s3:GetObject'] } }] },
    ]);
  });

  it('is read with what guests would get of it, where it trusts some', async () => {
    const iam = await aws.clients()('iam');
    const RoleName = 'facet-guests';
    const AssumeRolePolicyDocument = policy({
      ...{ Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' } },
      Action: 'sts:AssumeRoleWithWebIdentity',
    });
    const PermissionsBoundary = readOnly;
    await iam.createRole({ RoleName, AssumeRolePolicyDocument, PermissionsBoundary });
    await iam.putRolePolicy({ RoleName, PolicyName: 'read', PolicyDocument: policy(read) });
    const { guestPrivileges } = iamRole.facets;
    const shown = await guestPrivileges.read(aws.reader(), refOf(RoleName));
    expect(shown?.documents.map(parsePolicy)).toMatchObject([
      { statements: [{ actions: { patterns: ['s3:GetObject'] } }] },
    ]);
    expect(parsePolicy(shown?.boundary ?? '')).toMatchObject({ statements: expect.any(Array) });
    expect(await guestPrivileges.read(aws.reader(), refOf('facet-orders'))).toBeUndefined();
    const page = await iamRole.live.list.page(aws.reader(), undefined);
    const listed = (id: string) => page.resources.find((one) => one.id === id)?.facets ?? {};
    expect('guestPrivileges' in listed('facet-guests')).toBe(false);
    expect('guestPrivileges' in listed('facet-orders')).toBe(true);
  });

  it('is read facet by facet', async () => {
    const reading = await aws.reader().read(iamRole, refOf('facet-orders'), facets);
    expect(reading).toMatchObject({
      facets: {
        path: { value: '/apps/' },
        attachedPolicies: { value: [{ name: 'ReadOnlyAccess', arn: readOnly }] },
        inlinePolicies: { value: [{ name: 'read', document: expect.any(String) }] },
      },
    });
  });

  it('is read with a trust policy that parses', async () => {
    const text = await iamRole.facets.trustPolicy.read(aws.reader(), refOf('facet-orders'));
    expect(parsePolicy(text)).toMatchObject({
      statements: [{ principals: { list: [{ kind: 'Service', id: 'lambda.amazonaws.com' }] } }],
    });
  });

  it('is read where it has no policies', async () => {
    expect(await aws.reader().read(iamRole, refOf('facet-empty'), facets)).toMatchObject({
      facets: {
        path: { value: '/' },
        attachedPolicies: { value: [] },
        inlinePolicies: { value: [] },
      },
    });
  });

  it('is seen as gone by every facet', async () => {
    for (const facet of facets)
      expect(await aws.reader().read(iamRole, refOf('facet-nobody'), [facet])).toMatchObject({
        gone: true,
      });
  });

  it('is listed with all its facets, as they are read', async () => {
    const { resources } = await iamRole.live.list.page(aws.reader(), undefined);
    const listed = resources.find(({ id }) => id === 'facet-orders');
    const { path, trustPolicy, attachedPolicies, inlinePolicies } = iamRole.facets;
    const [reader, role] = [aws.reader(), refOf('facet-orders')];
    expect(listed?.facets).toMatchObject({
      path: await path.read(reader, role),
      attachedPolicies: await attachedPolicies.read(reader, role),
      inlinePolicies: await inlinePolicies.read(reader, role),
    });
    const text = await trustPolicy.read(reader, role);
    expect(parsePolicy(listed?.facets?.trustPolicy ?? '')).toEqual(parsePolicy(text));
    expect(Object.keys(listed?.facets ?? {}).sort()).toEqual([...facets].sort());
  });

  it('tells its ARN and tags', async () => {
    expect(await iamRole.about.read(aws.reader(), refOf('facet-orders'))).toEqual({
      arn: 'arn:aws:iam::123456789012:role/apps/facet-orders',
      tags: { team: 'shop' },
    });
  });
});

describe('events of an IAM role', () => {
  it('name the role', () => {
    const requestParameters = { roleName: 'orders', policyDocument: '{}' };
    expect(announced(iamRole, 'UpdateAssumeRolePolicy', { requestParameters })).toEqual([
      { ids: ['orders'], effect: ['trustPolicy', 'guestPrivileges'] },
    ]);
  });
  it('name a service-linked role in the answer', () => {
    const detail = {
      requestParameters: { aWSServiceName: 'rds.amazonaws.com' },
      responseElements: { role: { roleName: 'AWSServiceRoleForRDS' } },
    };
    expect(announced(iamRole, 'CreateServiceLinkedRole', detail)).toEqual([
      { ids: ['AWSServiceRoleForRDS'], effect: 'created' },
    ]);
  });
});
