import { type Drift, uniqueName } from '../drift.ts';

const account = '123456789012';
const open = (Action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'orders', Effect: 'Allow', Principal: '*', Action, Resource: '*' }],
  });

const newRepository: Drift['arrange'] = async (clients) => {
  const repositoryName = uniqueName('drift');
  await (await clients('ecr')).createRepository({
    repositoryName,
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
  });
  return repositoryName;
};

export const secretDrifts: readonly Drift[] = [
  {
    control: 'PL.POLICY.3',
    type: 'AWS::SecretsManager::Secret',
    title: 'somebody lets everybody read a secret',
    arrange: async (clients) => {
      const Name = uniqueName('drift');
      await (await clients('secretsmanager')).createSecret({ Name, SecretString: account });
      return Name;
    },
    drift: async (clients, SecretId) =>
      (await clients('secretsmanager')).putResourcePolicy({
        SecretId,
        ResourcePolicy: open('secretsmanager:GetSecretValue'),
      }),
  },
  {
    control: 'PL.POLICY.3',
    type: 'AWS::ECR::Repository',
    title: 'somebody lets everybody pull from a repository',
    arrange: newRepository,
    drift: async (clients, repositoryName) =>
      (await clients('ecr')).setRepositoryPolicy({
        repositoryName,
        policyText: open('ecr:BatchGetImage'),
      }),
  },
  {
    control: 'ECR.1',
    type: 'AWS::ECR::Repository',
    title: 'somebody turns the scanning of images off',
    arrange: newRepository,
    drift: async (clients, repositoryName) =>
      (await clients('ecr')).putImageScanningConfiguration({
        repositoryName,
        imageScanningConfiguration: { scanOnPush: false },
      }),
  },
  {
    control: 'ECR.2',
    type: 'AWS::ECR::Repository',
    title: 'somebody lets tags be moved',
    arrange: newRepository,
    drift: async (clients, repositoryName) =>
      (await clients('ecr')).putImageTagMutability({
        repositoryName,
        imageTagMutability: 'MUTABLE',
      }),
  },
];
