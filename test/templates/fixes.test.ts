import { structuredPatch } from 'diff';
import { everyControl } from '../../lib/controls/every.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { canBePlanned } from '../../lib/engine/remediation/planning.ts';
import { controlsFor } from '../../lib/templates/check/check-template.ts';
import { declaredTypes } from '../../lib/templates/declared/index.ts';
import { readYamlDocument } from '../../lib/templates/document/yaml-document.ts';
import { sampled } from '../extent.ts';
import { failing as templates } from './failing.ts';
import { it_ } from './failing-template.ts';
import { evaluated, fixedOf } from './fixing.ts';

/** What is planned for no template, or is a person's work in every case. */
const leftOut: Readonly<Record<string, string>> = {
  'AWS::EC2::Instance EC2.3': 'another volume takes its place',
  'AWS::EC2::Volume EC2.3': 'another volume takes its place',
  'AWS::ElasticLoadBalancing::LoadBalancer ELB.14': 'CloudFormation has no property for the mode',
  'AWS::IAM::Group KMS.2': 'which keys are needed is for a person to say',
  'AWS::IAM::Role KMS.2': 'which keys are needed is for a person to say',
  'AWS::IAM::User KMS.2': 'which keys are needed is for a person to say',
  'AWS::IAM::ManagedPolicy KMS.1': 'which keys are needed is for a person to say',
  'AWS::EC2::VPC EC2.6': 'where flows are written is for a person to say',
  'AWS::IAM::ManagedPolicy IAM.21': 'which actions are needed is for a person to say',
  'AWS::RDS::DBCluster RDS.2': 'it is chosen at creation',
  'AWS::RDS::DBCluster RDS.15': 'it takes a reader',
  'AWS::RDS::DBCluster RDS.24': 'the name is fixed at creation',
  'AWS::RDS::DBCluster RDS.27': 'a copy takes its place',
  'AWS::RDS::DBCluster RDS.34': 'what is audited is for a person to say',
  'AWS::RDS::DBInstance RDS.3': 'a copy takes its place',
  'AWS::RDS::DBInstance RDS.23': 'clients know the port',
  'AWS::RDS::DBInstance RDS.25': 'the name is fixed at creation',
  'AWS::S3::Bucket S3.4': 'it fails with --require-explicit alone, which stands below',
  'AWS::S3::Bucket S3.6': 'whether others need the actions is for a person to say',
  'AWS::S3::Bucket S3.10': 'how long objects are kept is for a person to say',
  'AWS::S3::Bucket S3.13': 'how long objects are kept is for a person to say',
  'AWS::Lambda::Function PL.POLICY.1': 'permissions are given one by one',
  'AWS::Lambda::Function PL.POLICY.2': 'permissions are given one by one',
  'AWS::CloudTrail::Trail CloudTrail.2': 'the key is for a person to choose',
  'AWS::CloudTrail::Trail CloudTrail.5': 'a log group costs, and needs a role',
  'AWS::SSM::Document SSM.4': 'a template shares no document',
  'AWS::AccessAnalyzer::Analyzer IAM.28': 'another analyzer is needed',
};

// What Terraform alone declares is in no template.
const inTemplates = declaredTypes.filter(({ as }) => as.startsWith('AWS::'));
const plannable = inTemplates.flatMap((type) =>
  controlsFor(
    type,
    everyControl.filter(({ resources }) => resources.some((one) => one.type === type.type.type)),
    defaultBaseline(everyControl),
  )
    .filter(canBePlanned)
    .map(({ id }) => `${type.as} ${id}`),
);

describe('a fix in the template', () => {
  it('blocks no public policy that stays, which could not be deployed', async () => {
    const text = `Resources:
  It:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref It
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: !Sub '\${It.Arn}/*' }
`;
    const { fixed, left } = await fixedOf(text, 'S3.8');
    expect(fixed).toEqual([]);
    expect(left[0]?.why).toMatch(/Policy is public, and BlockPublicPolicy refuses to set it/);
  });
  it('leaves to people what a statement without an action should do', async () => {
    const statement = (action: string) =>
      `Resources:\n  It: {Type: 'AWS::SNS::Topic'}\n  Policy: {Type: 'AWS::SNS::TopicPolicy', Properties: {Topics: [!Ref It], PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', ${action}Resource: !Ref It}]}}}\n`;
    const { fixed, left } = await fixedOf(statement(''), 'SNS.4');
    expect(fixed).toEqual([]);
    expect(left[0]?.why).toBe('a statement lacks its effect or its actions');
    expect((await fixedOf(statement("Action: 'sns:Publish', "), 'SNS.4')).fixed).toHaveLength(1);
  });
  it('turns no block on beside an ACL that S3 then refuses, and makes the ACL private first', async () => {
    const open = it_(
      'S3::Bucket',
      'AccessControl: PublicRead\nOwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}\nPublicAccessBlockConfiguration: {BlockPublicAcls: false, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}',
    );
    const { fixed, left } = await fixedOf(open, 'S3.8');
    expect(fixed).toEqual([]);
    expect(left[0]?.why).toMatch(/its ACL is public, and BlockPublicAcls refuses to set it/);
  });
  it.each(plannable)('is tried for %s', (one) => {
    if (!(one in templates) && !(one in leftOut))
      throw new Error(
        `write export const failingTemplate: FailingTemplate in the test of the control of ${one}: a template that fails it, which its plan mends; those that share their text are in test/templates/failing.ts`,
      );
    expect(one in templates).not.toBe(one in leftOut);
  });
  it.each(sampled(Object.entries(templates), { quick: 3 }))('%s', async (name, text) => {
    const [, control = ''] = name.split(' ');
    const { text: after, left, before } = await fixedOf(text, control);
    const unwritten = left.find(({ why }) => /^a template does not say what/.test(why));
    if (unwritten) throw new Error(`${unwritten.why}: write it in lib/templates/fix`);
    expect(left.map(({ why }) => why)).toEqual([]);
    const now = await evaluated(after);
    const verdict = now.find(
      (one) => one.control.id === control && one.declared.logicalId === 'It',
    );
    expect(verdict?.verdict.status).toBe('PASS');
    // Nothing else gets worse, and what is not changed is there as it was: each comment, each line.
    const failing = (all: typeof now) =>
      all
        .filter((one) => one.verdict.status === 'FAIL')
        .map((one) => `${one.control.id} ${one.declared.logicalId}`);
    expect(failing(before)).toEqual(expect.arrayContaining(failing(now)));
    const { hunks } = structuredPatch('a', 'b', text, after, undefined, undefined, { context: 0 });
    const removed = hunks.flatMap(({ lines }) => lines.filter((line) => line.startsWith('-')));
    expect(removed.length).toBeLessThanOrEqual(8);
    const commentsIn = (lines: readonly string[]) =>
      lines.flatMap((line) => line.match(/#.*$/) ?? []);
    const kept = text.split('\n').filter((line) => !removed.includes(`-${line}`));
    expect(after.split('\n').map((line) => line.replace(/^.*?(?=#|$)/, ''))).toEqual(
      expect.arrayContaining(commentsIn(kept)),
    );
    expect(readYamlDocument(after, 'a').tree).toBeDefined();
  });
  it('adds what only AWS does by itself, where that is asked for', async () => {
    const text = it_('S3::Bucket', 'BucketName: shop');
    const { text: after, left } = await fixedOf(text, 'S3.4', { isExplicit: true });
    expect(left).toEqual([]);
    expect(after).toContain('SSEAlgorithm: AES256');
  });
  it('writes what only a plan proposes where that is asked for', async () => {
    const text = templates['AWS::IAM::User IAM.2'] ?? '';
    const { text: after, left } = await fixedOf(text, 'IAM.2', { isProposed: false });
    expect(after).toBe(text);
    expect(left.map(({ why }) => why)).toEqual([
      'it is for a person to say: which group or role is to give these privileges instead is for a person to say',
    ]);
  });
  it.each<[why: string, text: string, control: string]>([
    [
      'with the change, S3.10 of It would be FAIL',
      it_('S3::Bucket', 'VersioningConfiguration: {Status: Suspended}'),
      'S3.14',
    ],
    [
      'a function gives it',
      it_(
        'S3::Bucket',
        'PublicAccessBlockConfiguration: !If [A, {BlockPublicAcls: false}, {BlockPublicAcls: false}]',
      ).replace('Resources:', 'Conditions: {A: !Equals [1, 1]}\nResources:'),
      'S3.8',
    ],
    [
      'an anchor is on it',
      it_(
        'EC2::Subnet',
        'VpcId: &vpc !Ref Open\nMapPublicIpOnLaunch: &yes true',
        '  More: {Type: AWS::EC2::Subnet, Properties: {VpcId: *vpc, MapPublicIpOnLaunch: *yes}}\n',
      ),
      'EC2.15',
    ],
    [
      'it is made of something else that the template says',
      it_('Serverless::Function', 'FunctionUrlConfig: {AuthType: NONE}').replace(
        'Resources:',
        'Transform: AWS::Serverless-2016-10-31\nResources:',
      ),
      'PL.LAMBDA.1',
    ],
    [
      'what may be deleted or moved, and when, only the owner of the data knows',
      it_('S3::Bucket', 'BucketName: shop'),
      'S3.13',
    ],
  ])('is not shown where %s', async (why, text, control) => {
    const { text: after, left } = await fixedOf(text, control);
    expect([after, left.map((one) => one.why)]).toEqual([text, [why]]);
  });
  it('leaves references as they are, and refers where it adds', async () => {
    const { text } = await fixedOf(templates['AWS::S3::Bucket S3.5'] ?? '', 'S3.5');
    expect(text).toContain('Bucket: !Ref It');
    expect(text).toContain('- !GetAtt It.Arn');
    expect(text).toContain('- !Sub ${It.Arn}/*');
    const queue = await fixedOf(templates['AWS::SQS::Queue SQS.3'] ?? '', 'SQS.3');
    expect(queue.text).toContain("Resource: !Sub '${It.Arn}'\n");
    expect(queue.text).toContain('aws:PrincipalAccount: !Ref AWS::AccountId');
  });
  it('is as small in JSON', async () => {
    const text = JSON.stringify(
      {
        Resources: { It: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } } },
      },
      undefined,
      4,
    );
    const { text: after } = await fixedOf(text, 'SQS.1');
    expect(after).toBe(text.replace('false', 'true'));
  });
});
