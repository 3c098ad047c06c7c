import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

// An empty archive.
const ZipFile = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');

const newFunction = async (clients: Clients): Promise<string> => {
  const FunctionName = uniqueName('drift');
  const { Role } = await (await clients('iam')).createRole({
    RoleName: FunctionName,
    AssumeRolePolicyDocument: JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    }),
  });
  await (await clients('lambda')).createFunction({
    FunctionName,
    Role: Role?.Arn ?? '',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile },
  });
  return FunctionName;
};

export const lambdaDrifts: readonly Drift[] = [
  {
    control: 'Lambda.1',
    type: 'AWS::Lambda::Function',
    title: 'somebody lets everybody invoke a function',
    arrange: newFunction,
    drift: async (clients, FunctionName) => {
      const lambda = await clients('lambda');
      const permission = { FunctionName, Action: 'lambda:InvokeFunction' };
      await lambda.addPermission({
        ...permission,
        StatementId: 'nightly',
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:aws:events:us-east-1:123456789012:rule/nightly',
      });
      await lambda.addPermission({ ...permission, StatementId: 'open', Principal: '*' });
    },
  },
  {
    control: 'PL.LAMBDA.1',
    type: 'AWS::Lambda::Function',
    title: 'somebody takes the authentication off the URL of a function',
    arrange: async (clients) => {
      const FunctionName = await newFunction(clients);
      const lambda = await clients('lambda');
      await lambda.createFunctionUrlConfig({ FunctionName, AuthType: 'AWS_IAM' });
      return FunctionName;
    },
    drift: async (clients, FunctionName) =>
      (await clients('lambda')).updateFunctionUrlConfig({ FunctionName, AuthType: 'NONE' }),
  },
];
