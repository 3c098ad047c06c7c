import type { CreateFunctionRequest } from '@aws-sdk/client-lambda';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { type Setting, turnOf } from './setting.ts';
import { account, region, type Turn } from './turn.ts';

// An empty archive.
const ZipFile = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');
const type = 'AWS::Lambda::Function';
const create =
  (differing: Partial<CreateFunctionRequest> = {}): Setting['create'] =>
  async (clients, FunctionName) => {
    const { Role } = await (await clients('iam')).createRole({
      RoleName: FunctionName,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            ...{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
    });
    await (await clients('lambda')).createFunction({
      ...{ FunctionName, Role: Role?.Arn ?? '', Runtime: 'nodejs24.x', Handler: 'index.handler' },
      ...{ Code: { ZipFile }, ...differing },
    });
    return FunctionName;
  };

const layer = (owner: string, name: string) => `arn:aws:lambda:${region}:${owner}:layer:${name}:1`;
const subnetsIn = async (clients: Clients): Promise<readonly string[]> => {
  const { Subnets = [] } = await (await clients('ec2')).describeSubnets({
    Filters: [{ Name: 'default-for-az', Values: ['true'] }],
  });
  return Subnets.flatMap(({ SubnetId = [] }) => SubnetId);
};

const settings: readonly Setting[] = [
  {
    ...{ control: 'Lambda.2', type, create: create() },
    // What AWS no longer supports can still be chosen for half a year.
    set: async (clients, FunctionName, isRight) =>
      (await clients('lambda')).updateFunctionConfiguration({
        ...{ FunctionName, Runtime: isRight ? 'nodejs24.x' : 'nodejs20.x' },
      }),
  },
  {
    ...{ control: 'Lambda.5', type, create: create() },
    set: async (clients, FunctionName, isRight) =>
      (await clients('lambda')).updateFunctionConfiguration({
        FunctionName,
        VpcConfig: {
          ...{ SubnetIds: (await subnetsIn(clients)).slice(0, isRight ? 2 : 1) },
          SecurityGroupIds: [],
        },
      }),
  },
  {
    ...{ control: 'PL.LAMBDA.2', type },
    create: async (clients, name) => {
      await (await clients('lambda')).publishLayerVersion({
        ...{ LayerName: name, Content: { ZipFile } },
      });
      return create()(clients, name);
    },
    set: async (clients, FunctionName, isRight) =>
      (await clients('lambda')).updateFunctionConfiguration({
        ...{ FunctionName, Layers: [layer(isRight ? account : '999999999999', FunctionName)] },
      }),
  },
];

export const functionTurns: readonly Turn[] = settings.map(turnOf);
