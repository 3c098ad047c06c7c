import { organization } from '../../../lib/resources/account/organization.ts';
import { accountId, awsForTests, refOf } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(organization);

const aws = awsForTests();
const facets = Object.keys(organization.facets);
const read = async () => {
  const reading = await aws.reader().read(organization, refOf(accountId), facets);
  return reading.gone ? 'gone' : reading.facets;
};
const nothing = { value: undefined };

it('shows who manages it, and how it bounds its accounts', async () => {
  expect(await read()).toEqual({
    organization: nothing,
    rootAccess: nothing,
    controlPolicies: nothing,
  });
  const [organizations, iam] = [await aws.clients()('organizations'), await aws.clients()('iam')];
  await organizations.createOrganization({ FeatureSet: 'ALL' });
  const { Roots: [root] = [] } = await organizations.listRoots({});
  const [RootId, PolicyType] = [root?.Id ?? '', 'SERVICE_CONTROL_POLICY'] as const;
  expect(await read()).toMatchObject({
    organization: { value: { manager: accountId, isManager: true } },
    rootAccess: { value: { hasCredentials: false } },
    controlPolicies: { value: { isOn: false, hasOwn: false } },
  });
  await organizations.enablePolicyType({ RootId, PolicyType });
  await iam.enableOrganizationsRootSessions({});
  const { Policy } = await organizations.createPolicy({
    ...{ Name: 'stay', Description: 'a', Type: PolicyType },
    Content: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }],
    }),
  });
  const PolicyId = Policy?.PolicySummary?.Id ?? '';
  expect(await read()).toMatchObject({
    rootAccess: { value: { hasCredentials: false } },
    controlPolicies: { value: { isOn: true, hasOwn: false } },
  });
  // No policy bounds the account that manages the organization, and a copy of FullAWSAccess none.
  await organizations.attachPolicy({ PolicyId, TargetId: accountId });
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
  const copy = await organizations.createPolicy({
    ...{ Name: 'everything', Description: 'a', Type: PolicyType },
    Content: JSON.stringify({ Version: '2012-10-17', Statement: everything }),
  });
  const CopyId = copy.Policy?.PolicySummary?.Id ?? '';
  await organizations.attachPolicy({ PolicyId: CopyId, TargetId: RootId });
  expect(await read()).toMatchObject({ controlPolicies: { value: { hasOwn: false } } });
  await organizations.detachPolicy({ PolicyId: CopyId, TargetId: RootId });
  await organizations.attachPolicy({ PolicyId, TargetId: RootId });
  await iam.enableOrganizationsRootCredentialsManagement({});
  expect(await read()).toMatchObject({
    rootAccess: { value: { hasCredentials: true } },
    controlPolicies: { value: { isOn: true, hasOwn: true } },
  });
  await iam.disableOrganizationsRootCredentialsManagement({});
  await organizations.detachPolicy({ PolicyId, TargetId: RootId });
  await organizations.disablePolicyType({ RootId, PolicyType });
  expect(await read()).toMatchObject({
    rootAccess: { value: { hasCredentials: false } },
    controlPolicies: { value: { isOn: false, hasOwn: false } },
  });
  await organizations.deleteOrganization({});
  expect(await read()).toMatchObject({ organization: nothing, controlPolicies: nothing });
}, 60_000);

it('is denied to whoever may read nothing', async () => {
  const found = await deniedReading(organization, accountId);
  expect(Object(found).organization).toEqual({ denied: expect.any(String) });
}, 60_000);

it.each(['DetachPolicy', 'DisablePolicyType', 'LeaveOrganization'])(
  'hears %s as the account that the call is recorded in',
  (eventName) => {
    const [announcement] = organization.live.announcements;
    expect(announcement?.idsIn({ eventName, requestParameters: {} }, accountId)).toEqual([
      accountId,
    ]);
  },
);
