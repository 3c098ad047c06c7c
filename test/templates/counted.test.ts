import { readFileSync } from 'node:fs';
import { controlsOf } from '../../lib/controls/index.ts';
import {
  type CheckContext,
  checkTemplate,
  controlsFor,
} from '../../lib/templates/check/check-template.ts';
import { declaredTypes } from '../../lib/templates/declared/index.ts';
import { World } from '../../lib/templates/resolution/world.ts';
import { Stack } from '../../lib/templates/stack.ts';
import { at, baseline, templateFrom } from './checking.ts';

/** Conditions, values that are allowed, defaults of AWS's and of parameters, what is open and what is of another stack. */
const worlds = `
Parameters:
  Env: { Type: String, Default: prod, AllowedValues: [prod, dev] }
  Blocks: { Type: String, Default: 'true' }
  Key: { Type: String }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [!Ref Env, dev]
Resources:
  Plain: { Type: 'AWS::S3::Bucket' }
  Apart:
    Type: AWS::S3::Bucket
    Condition: IsDev
    Properties:
      VersioningConfiguration: { Status: !If [IsProd, Enabled, Suspended] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: !Ref Blocks, BlockPublicPolicy: !Ref Blocks }
  Open:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !If [IsProd, !Ref Plain, somebody-elses]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: !Ref Key, Action: 's3:GetObject', Resource: '*' }]
  Queue:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: !If [IsProd, !Ref Key, !Ref 'AWS::NoValue'] }
  Topic:
    Type: AWS::SNS::Topic
    Properties: { KmsMasterKeyId: !Ref Key }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: '-'
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !If [IsDev, 0.0.0.0/0, 10.0.0.0/8] }]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { AWS: !Ref Key }, Action: 'sts:AssumeRole' }]
`;
const example = (name: string) => readFileSync(`test/templates/examples/${name}`, 'utf8');

const checked = async (text: string, told: Pick<CheckContext, 'count' | 'isExplicit'>) =>
  checkTemplate(
    new Stack(await templateFrom(text), new World()),
    declaredTypes,
    async (type) => controlsFor(type, (await controlsOf[type.type.type]?.()) ?? [], baseline),
    { baseline, at, ...told },
  );

describe.each([
  ['several worlds', worlds],
  ['everything.json', example('everything.json')],
  ['shop.yaml', example('shop.yaml')],
])('what of %s is counted alone', (_, text) => {
  it.each([false, true])(
    'comes out as where all of it is told (explicit: %s)',
    async (isExplicit) => {
      const all = await checked(text, { isExplicit });
      const counted: string[] = [];
      const count: CheckContext['count'] = ({ id }, status) => counted.push(`${id} ${status}`);
      const left = await checked(text, { isExplicit, count });
      const statuses = all.map(({ control, verdict }) => `${control.id} ${verdict.status}`);
      const others = left.map(({ control, verdict }) => `${control.id} ${verdict.status}`);
      expect(counted.length).toBeGreaterThan(0);
      expect([...counted, ...others].toSorted()).toEqual(statuses.toSorted());
    },
  );
});
