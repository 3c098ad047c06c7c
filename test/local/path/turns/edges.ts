import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, type Turn } from './turn.ts';

const configOf = (reference: string, bucket: string, root: string): DistributionConfig => ({
  ...{ CallerReference: reference, Comment: '', Enabled: true, DefaultRootObject: root },
  Origins: {
    Quantity: 1,
    Items: [
      {
        Id: 'site',
        DomainName: `${bucket}.s3.us-east-1.amazonaws.com`,
        S3OriginConfig: { OriginAccessIdentity: '' },
      },
    ],
  },
  DefaultCacheBehavior: {
    ...{ TargetOriginId: 'site', ViewerProtocolPolicy: 'https-only', MinTTL: 0 },
    ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
  },
});

const distribution = (
  control: string,
  wrong: { readonly root?: string; readonly bucket?: string },
): Turn => {
  const set = async (clients: Clients, Id: string, differing: typeof wrong) => {
    const cloudfront = await clients('cloudfront');
    const { ETag, DistributionConfig } = await cloudfront.getDistributionConfig({ Id });
    const reference = DistributionConfig?.CallerReference ?? '';
    const { root = 'index.html', bucket = reference } = differing;
    await cloudfront.updateDistribution({
      ...{ Id, IfMatch: ETag },
      DistributionConfig: configOf(reference, bucket, root),
    });
  };
  return {
    control,
    type: 'AWS::CloudFront::Distribution',
    make: async (clients) => {
      const name = nameOf('turn');
      await (await clients('s3')).createBucket({ Bucket: name });
      const { Distribution } = await (await clients('cloudfront')).createDistribution({
        DistributionConfig: configOf(name, name, 'index.html'),
      });
      return Distribution?.Id ?? '';
    },
    wrong: (clients, id) => set(clients, id, wrong),
    right: (clients, id) => set(clients, id, {}),
  };
};

const template: Turn = {
  control: 'EC2.25',
  type: 'AWS::EC2::LaunchTemplate',
  make: async (clients) => {
    const ec2 = await clients('ec2');
    const { LaunchTemplate } = await ec2.createLaunchTemplate({
      LaunchTemplateName: nameOf('turn'),
      LaunchTemplateData: { InstanceType: 't3.micro' },
    });
    const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId ?? '';
    await ec2.createLaunchTemplateVersion({
      LaunchTemplateId,
      LaunchTemplateData: {
        NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
      },
    });
    return LaunchTemplateId;
  },
  wrong: async (clients, LaunchTemplateId) =>
    (await clients('ec2')).modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: '2' }),
  right: async (clients, LaunchTemplateId) =>
    (await clients('ec2')).modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: '1' }),
};

const stage = (control: string, path: string, right: string): Turn => {
  const set = async (clients: Clients, id: string, value: string) => {
    const [restApiId, stageName] = id.split('/');
    await (await clients('apigateway')).updateStage({
      ...{ restApiId, stageName },
      patchOperations: [{ op: 'replace', path, value }],
    });
  };
  return {
    control,
    type: 'AWS::ApiGateway::Stage',
    make: async (clients) => {
      const api = await clients('apigateway');
      const { id: restApiId = '' } = await api.createRestApi({ name: nameOf('turn') });
      const { items = [] } = await api.getResources({ restApiId });
      const method = { restApiId, resourceId: items[0]?.id ?? '', httpMethod: 'GET' };
      await api.putMethod({ ...method, authorizationType: 'NONE' });
      await api.putIntegration({ ...method, type: 'MOCK' });
      const { id: deploymentId } = await api.createDeployment({ restApiId });
      await api.createStage({ ...{ restApiId, deploymentId }, stageName: 'prod' });
      await set(clients, `${restApiId}/prod`, right);
      return `${restApiId}/prod`;
    },
    wrong: (clients, id) => set(clients, id, ''),
    right: (clients, id) => set(clients, id, right),
  };
};

const logGroupOf = (id: string) => `/aws/route53/${id}`;
/** A zone has one configuration at most. */
const logQueries = async (clients: Clients, HostedZoneId: string): Promise<unknown> =>
  (await clients('route53')).createQueryLoggingConfig({
    HostedZoneId,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${account}:log-group:${logGroupOf(HostedZoneId)}:*`,
  });
const zone: Turn = {
  control: 'Route53.2',
  type: 'AWS::Route53::HostedZone',
  make: async (clients) => {
    const Name = `${nameOf('turn')}.example`;
    const { HostedZone } = await (await clients('route53')).createHostedZone({
      ...{ Name, CallerReference: Name },
    });
    const [, , id = ''] = HostedZone?.Id?.split('/') ?? [];
    await (await clients('logs')).createLogGroup({ logGroupName: logGroupOf(id) });
    await logQueries(clients, id);
    return id;
  },
  wrong: async (clients, HostedZoneId) => {
    const route53 = await clients('route53');
    const { QueryLoggingConfigs = [] } = await route53.listQueryLoggingConfigs({ HostedZoneId });
    for (const { Id } of QueryLoggingConfigs) await route53.deleteQueryLoggingConfig({ Id });
  },
  right: logQueries,
};

/** Its queries go to a log group that somebody deletes, and makes again. */
const unheardZone: Turn = {
  ...zone,
  wrong: async (clients, id) =>
    (await clients('logs')).deleteLogGroup({ logGroupName: logGroupOf(id) }),
  right: async (clients, id) =>
    (await clients('logs')).createLogGroup({ logGroupName: logGroupOf(id) }),
};

export const edgeTurns: readonly Turn[] = [
  distribution('CloudFront.1', { root: '' }),
  distribution('CloudFront.12', { bucket: 'nobody-has-made-this-bucket' }),
  template,
  zone,
  unheardZone,
  stage('APIGateway.2', '/clientCertificateId', 'a1b2c3'),
];
