import { trail } from '../../resources/cloudtrail/trail.ts';
import { launchTemplate } from '../../resources/ec2/launch-template.ts';
import { ecrRepository } from '../../resources/ecr/ecr-repository.ts';
import { lambdaFunction } from '../../resources/lambda/lambda-function.ts';
import { secret } from '../../resources/secretsmanager/secret.ts';
import { everyPermissionOf, isOfOwn, urlOf } from '../answers/lambda.ts';
import { lastSecretPolicy } from '../answers/secretsmanager.ts';
import { type DeclaredType, placesIn, stepsOf } from './declared-type.ts';
import { declaredBucket } from './s3-bucket.ts';

const functionPlaces = placesIn({
  'configuration.runtime': 'Runtime',
  layers: 'Layers',
  zones: 'VpcConfig.SubnetIds',
});

export const declaredFunction: DeclaredType = {
  type: lambdaFunction,
  as: 'AWS::Lambda::Function',
  id: ({ name }) => name,
  parts: {
    'AWS::Lambda::Permission': { name: 'FunctionName', by: ['FunctionName'] },
    'AWS::Lambda::Url': { name: 'FunctionName', by: ['TargetFunctionArn'] },
  },
  isOwn: (resource, stack) => isOfOwn(stack, resource.get('FunctionName')),
  placeOf(resource, stack, evidence) {
    const [, index, element] = /^policy\.Statement\[(\d+)\](?:\.(\w+))?/.exec(evidence) ?? [];
    if (index !== undefined) {
      const found = everyPermissionOf(stack, resource)[Number(index)];
      return found && { declared: found.declared, path: element === 'Principal' ? [element] : [] };
    }
    const [, alias] = /^url(?:\[(.*)\])?\.authType$/.exec(evidence) ?? [];
    const url = evidence.startsWith('url') ? urlOf(stack, resource, alias) : undefined;
    return url
      ? { declared: url.declared, path: ['AuthType'] }
      : functionPlaces(resource, stack, evidence);
  },
};

const secretPlaces = placesIn({ rotation: '' });

export const declaredSecret: DeclaredType = {
  type: secret,
  as: 'AWS::SecretsManager::Secret',
  id: ({ name }) => name,
  leftOut: {
    'SecretsManager.2': 'whether rotations succeed shows in the account',
    'SecretsManager.3': 'whether somebody uses it shows in the account',
    'SecretsManager.4': 'when it was rotated shows in the account',
  },
  parts: {
    'AWS::SecretsManager::ResourcePolicy': { name: 'Name', by: ['SecretId'], isWhole: true },
  },
  placeOf(resource, stack, evidence) {
    if (!/^policy\b/.test(evidence)) return secretPlaces(resource, stack, evidence);
    const policy = lastSecretPolicy(stack, resource);
    const path = ['ResourcePolicy', ...stepsOf(evidence.slice('policy'.length))];
    return policy && { declared: policy.declared, path };
  },
};

export const declaredRepository: DeclaredType = {
  type: ecrRepository,
  as: 'AWS::ECR::Repository',
  id: ({ name }) => name,
  placeOf: placesIn({
    'scanning.isOnPush': 'ImageScanningConfiguration.ScanOnPush',
    'imageTags.mutability': 'ImageTagMutability',
    lifecycle: 'LifecyclePolicy',
    policy: 'RepositoryPolicyText',
  }),
};

export const declaredLaunchTemplate: DeclaredType = {
  type: launchTemplate,
  as: 'AWS::EC2::LaunchTemplate',
  id: ({ physicalId }) => physicalId,
  placeOf: placesIn({
    'defaultVersion.httpTokens': 'LaunchTemplateData.MetadataOptions.HttpTokens',
    'defaultVersion.publicInterfaces': 'LaunchTemplateData.NetworkInterfaces',
    volumes: 'LaunchTemplateData.BlockDeviceMappings',
  }),
};

const trailPlaces = placesIn({
  'trail.validatesFiles': 'EnableLogFileValidation',
  'trail.kmsKey': 'KMSKeyId',
  'trail.logGroup': 'CloudWatchLogsLogGroupArn',
  bucketLogging: 'S3BucketName',
  bucketLifecycle: 'S3BucketName',
});

export const declaredTrail: DeclaredType = {
  type: trail,
  as: 'AWS::CloudTrail::Trail',
  id: ({ arn }) => arn,
  placeOf(resource, stack, evidence) {
    const rest = /^bucketAccess\.(.*)$/.exec(evidence)?.[1];
    if (rest === undefined) return trailPlaces(resource, stack, evidence);
    const name = resource.get('S3BucketName').name();
    const bucket = stack.all('AWS::S3::Bucket').find((one) => one.name === name);
    return bucket && declaredBucket.placeOf(bucket, stack, rest);
  },
};
