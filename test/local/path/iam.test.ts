import { describe, expect, it } from '@jest/globals';
import { account, as, finding, pathMillis, told } from './world.ts';

const policy = (Action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });

describe('IAM, from call to finding', () => {
  const { iam } = as('alice');

  it(
    'a policy that allows everything is made, then narrowed',
    async () => {
      const PolicyArn = `arn:aws:iam::${account}:policy/path-admin`;
      await iam.createPolicy({ PolicyName: 'path-admin', PolicyDocument: policy('*') });
      const failed = await finding({ control: 'IAM.1', resource: PolicyArn, status: 'FAILED' });
      expect(told(failed, 'by')).toBe(`arn:aws:iam::${account}:user/alice`);
      await iam.createPolicyVersion({
        PolicyArn,
        PolicyDocument: policy('support:DescribeCases'),
        SetAsDefault: true,
      });
      await finding({
        control: 'IAM.1',
        resource: PolicyArn,
        status: 'PASSED',
        workflow: 'RESOLVED',
      });
    },
    pathMillis,
  );

  it(
    'a user gets a password without a second factor',
    async () => {
      await iam.createUser({ UserName: 'path-bob' });
      await iam.createLoginProfile({ UserName: 'path-bob', Password: 'correct-Horse-7-battery' });
      const resource = `arn:aws:iam::${account}:user/path-bob`;
      await finding({ control: 'IAM.5', resource, status: 'FAILED' });
      await iam.deleteLoginProfile({ UserName: 'path-bob' });
      await finding({ control: 'IAM.5', resource, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});
