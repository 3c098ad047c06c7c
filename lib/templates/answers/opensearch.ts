import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError } from './answer.ts';
import { policyText } from './policy-text.ts';

export const domainTypes = [
  'AWS::OpenSearchService::Domain',
  'AWS::Elasticsearch::Domain',
] as const;

const accessPolicies = (stack: Stack, domain: Resource): string | undefined => {
  const set = domain.get('AccessPolicies');
  if (!set.isSet) return undefined;
  return policyText(set, { ...stack.template.deployment, arn: domain.arn });
};

/** What was of Elasticsearch has older names. */
const nodesOf = (domain: Resource) => {
  const config = domain.get('ClusterConfig');
  return config.isSet ? config : domain.get('ElasticsearchClusterConfig');
};

const logsOf = (domain: Resource) => {
  const set = domain.get('LogPublishingOptions');
  return Object.fromEntries(
    set.names.map((kind) => [
      kind,
      {
        Enabled: set.get(kind, 'Enabled').flag() ?? false,
        CloudWatchLogsLogGroupArn: set.get(kind, 'CloudWatchLogsLogGroupArn').name(),
      },
    ]),
  );
};

/** A list of no subnets puts a domain nowhere; one that only a deployment knows has some. */
const isInVpc = (domain: Resource): boolean => {
  const subnets = domain.get('VPCOptions', 'SubnetIds');
  return subnets.nameList().length > 0;
};

const described: Answer = (stack, { DomainName }) => {
  const domain = stack.find(domainTypes, (one) => one.name === DomainName);
  if (!domain) throw awsError('ResourceNotFoundException');
  const flag = (...path: readonly string[]) => domain.get(...path).flag() ?? false;
  return {
    DomainStatus: lazily({
      EngineVersion: () => domain.get('EngineVersion').name(),
      VPCOptions: () => ({ VPCId: isInVpc(domain) ? 'vpc' : '' }),
      EncryptionAtRestOptions: () => ({ Enabled: flag('EncryptionAtRestOptions', 'Enabled') }),
      NodeToNodeEncryptionOptions: () => ({
        Enabled: flag('NodeToNodeEncryptionOptions', 'Enabled'),
      }),
      DomainEndpointOptions: () => ({
        EnforceHTTPS: flag('DomainEndpointOptions', 'EnforceHTTPS'),
        TLSSecurityPolicy: domain
          .get('DomainEndpointOptions', 'TLSSecurityPolicy')
          .text(['Policy-Min-TLS-1-0-2019-07', 'Policy-Min-TLS-1-2-PFS-2023-10']),
      }),
      AdvancedSecurityOptions: () => ({
        Enabled: flag('AdvancedSecurityOptions', 'Enabled'),
        AnonymousAuthEnabled: flag('AdvancedSecurityOptions', 'AnonymousAuthEnabled'),
      }),
      ClusterConfig: () => ({
        InstanceCount: nodesOf(domain).get('InstanceCount').number(['1', '3']) ?? 1,
        ZoneAwarenessEnabled: nodesOf(domain).get('ZoneAwarenessEnabled').flag() ?? false,
      }),
      LogPublishingOptions: () => logsOf(domain),
      AccessPolicies: () => accessPolicies(stack, domain),
    }),
  };
};

export const opensearchAnswers: Answers = { describeDomain: described };
