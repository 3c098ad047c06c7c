import { verdictOf } from '../checking.ts';
import { planOf, verdictIn } from '../terraform/plans.ts';

const trust =
  "AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ec2.amazonaws.com}}]}";
const roleWith = (policy: string, name: string) => `
Parameters:
  Open: {Type: String}
  Owner: {Type: String, Default: '111122223333', AllowedValues: ['111122223333', aws]}
Resources:
  Own:
    Type: AWS::IAM::ManagedPolicy
    Properties: {${name}PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}
  Role: {Type: AWS::IAM::Role, Properties: {${trust}, ManagedPolicyArns: [${policy}]}}
`;
const ofAws = "!Sub 'arn:aws:iam::aws:policy/${Open}'";

describe.each(['PL.IAM.5', 'IAM.27'])('a policy that is attached, by %s', (control) => {
  it.each([
    ['of the template', '!Ref Own', '', 'PASS'],
    ['of the template, of an open name', '!Ref Own', 'ManagedPolicyName: !Ref Open, ', 'PASS'],
    ['of the account', "!Sub 'arn:aws:iam::${AWS::AccountId}:policy/${Open}'", '', 'PASS'],
    ["of AWS's", ofAws, '', 'UNKNOWN'],
    ['of an open one', '!Ref Open', '', 'UNKNOWN'],
    ['of one of two owners', "!Sub 'arn:aws:iam::${Owner}:policy/${Open}'", '', 'UNKNOWN'],
  ])('is %s', async (_, policy, name, expected) => {
    const text = roleWith(policy, name);
    expect(await verdictOf(text, control, 'Role')).toMatch(new RegExp(`^${expected}`));
    expect(await verdictOf(text, 'IAM.1', 'Own')).toBe('FAIL');
  });
  it('is of the plan, whose name is known after it is applied', async () => {
    const plan = planOf([
      { address: 'random_pet.p', unknown: { id: true } },
      { address: 'aws_iam_role.r', values: { name: 'r', assume_role_policy: '{}' } },
      {
        address: 'aws_iam_policy.p',
        values: { policy: '{}' },
        unknown: { name: true, arn: true, id: true },
        refers: { name: ['random_pet.p.id', 'random_pet.p'] },
      },
      {
        address: 'aws_iam_role_policy_attachment.a',
        values: { role: 'r' },
        unknown: { policy_arn: true },
        refers: { policy_arn: ['aws_iam_policy.p.arn', 'aws_iam_policy.p'] },
      },
    ]);
    expect(await verdictIn(plan, control, 'aws_iam_role.r')).toBe('PASS');
  });
});
