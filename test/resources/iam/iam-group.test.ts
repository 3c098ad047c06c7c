import { iamGroup } from '../../../lib/resources/iam/iam-group.ts';
import { awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';
import { admin, announced, policy } from '../iam-announced.ts';

seesEveryFacet(iamGroup);

const aws = awsForTests();
const facets = Object.keys(iamGroup.facets);
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

describe('an IAM group', () => {
  beforeAll(async () => {
    const iam = await aws.clients()('iam');
    const GroupName = 'facet-admins';
    await iam.createGroup({ GroupName, Path: '/people/' });
    await iam.createGroup({ GroupName: 'facet-none' });
    await iam.attachGroupPolicy({ GroupName, PolicyArn: readOnly });
    await iam.putGroupPolicy({ GroupName, PolicyName: 'all', PolicyDocument: policy(admin) });
  });

  it('is read facet by facet', async () => {
    expect(await aws.reader().read(iamGroup, refOf('facet-admins'), facets)).toMatchObject({
      facets: {
        attachedPolicies: { value: [{ name: 'ReadOnlyAccess', arn: readOnly }] },
        inlinePolicies: { value: [{ name: 'all', document: expect.any(String) }] },
      },
    });
    expect(await aws.reader().read(iamGroup, refOf('facet-none'), facets)).toMatchObject({
      facets: { attachedPolicies: { value: [] }, inlinePolicies: { value: [] } },
    });
  });

  it('is seen as gone by every facet', async () => {
    for (const facet of facets)
      expect(await aws.reader().read(iamGroup, refOf('facet-nobody'), [facet])).toMatchObject({
        gone: true,
      });
  });

  it('is listed with its policies, as they are read', async () => {
    const { resources } = await iamGroup.live.list.page(aws.reader(), undefined);
    const listed = resources.find(({ id }) => id === 'facet-admins');
    expect(listed?.facets?.inlinePolicies).toEqual(
      await iamGroup.facets.inlinePolicies.read(aws.reader(), refOf('facet-admins')),
    );
    expect(listed?.facets?.attachedPolicies).toEqual([{ name: 'ReadOnlyAccess', arn: readOnly }]);
  });

  it('tells its ARN', async () => {
    expect(await iamGroup.about.read(aws.reader(), refOf('facet-admins'))).toEqual({
      arn: 'arn:aws:iam::123456789012:group/people/facet-admins',
      tags: {},
    });
  });

  it('is named by its events, by both names where it is renamed', () => {
    const requestParameters = { groupName: 'admins', newGroupName: 'operators' };
    expect(announced(iamGroup, 'UpdateGroup', { requestParameters })).toEqual([
      { ids: ['admins', 'operators'], effect: ['attachedPolicies', 'inlinePolicies'] },
    ]);
  });
});
