import type { DomainStatus } from '@aws-sdk/client-opensearch';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { opensearch } from '../../services/opensearch.ts';
import { only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => opensearch.arn('domain', ref, ref.id);
const gone = 'ResourceNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<DomainStatus> => {
  const asked = { DomainName: id };
  const { DomainStatus } = await reader.call('opensearch', 'describeDomain', asked);
  // It is described for a while after its end.
  return only(DomainStatus && !DomainStatus.Deleted ? [DomainStatus] : [], gone);
};

/** Nothing of its users, and no address. */
const shown = (one: DomainStatus) => ({
  isChanging: (one.Processing ?? false) || (one.UpgradeProcessing ?? false),
  /** `OpenSearch_2.19`, `Elasticsearch_7.10`. */
  engine: one.EngineVersion,
  isInVpc: (one.VPCOptions?.VPCId ?? '') !== '',
  isEncrypted: one.EncryptionAtRestOptions?.Enabled ?? false,
  encryptsBetweenNodes: one.NodeToNodeEncryptionOptions?.Enabled ?? false,
  requiresHttps: one.DomainEndpointOptions?.EnforceHTTPS ?? false,
  tlsPolicy: one.DomainEndpointOptions?.TLSSecurityPolicy,
  /** Whether it asks callers who they are by itself, and whether it lets in those who do not say. */
  asksWho: one.AdvancedSecurityOptions?.Enabled ?? false,
  admitsAnonymous: one.AdvancedSecurityOptions?.AnonymousAuthEnabled ?? false,
  nodes: {
    data: one.ClusterConfig?.InstanceCount ?? 1,
    areInZones: one.ClusterConfig?.ZoneAwarenessEnabled ?? false,
  },
  /** Kinds of logs that it writes to CloudWatch. */
  logs: Object.entries(one.LogPublishingOptions ?? {})
    .flatMap(([kind, { Enabled, CloudWatchLogsLogGroupArn }]) =>
      Enabled && CloudWatchLogsLogGroupArn ? [kind] : [],
    )
    .toSorted(),
});

/** The name in a domain's name or ARN. */
const domainName = (text: string): string | undefined =>
  text.startsWith('arn:') ? /:domain\/([\w-]+)$/.exec(text)?.[1] : text;

/**
 * A domain of OpenSearch or Elasticsearch; both have one kind of resource, and either API shows it. Its id is its name.
 */
export const opensearchDomain = defineResourceType({
  type: 'AWS::OpenSearchService::Domain',
  scope: 'regional',
  securityHubType: 'AwsOpenSearchServiceDomain',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'domain', while: (value) => Object(value).isChanging === true },
    announcements: [
      {
        via: 'cloudtrail',
        source: opensearch.eventSource,
        calls: {
          CreateDomain: 'created',
          CreateElasticsearchDomain: 'created',
          UpdateDomainConfig: ['domain', 'policy'],
          UpdateElasticsearchDomainConfig: ['domain', 'policy'],
          UpgradeDomain: ['domain', 'software'],
          UpgradeElasticsearchDomain: ['domain', 'software'],
          StartServiceSoftwareUpdate: ['software'],
          StartElasticsearchServiceSoftwareUpdate: ['software'],
          DeleteDomain: 'deleted',
          DeleteElasticsearchDomain: 'deleted',
        },
        idsIn: named({
          request: ['domainName'],
          response: ['domainStatus.domainName'],
          idOf: domainName,
        }),
      },
    ],
    list: {
      actions: ['es:ListDomainNames'],
      page: async (reader) => {
        const { DomainNames = [] } = await reader.call('opensearch', 'listDomainNames', {});
        return { resources: DomainNames.flatMap(({ DomainName: id }) => (id ? [{ id }] : [])) };
      },
    },
  },
  configurationItem: 'resourceName',
  // One of an engine of Elasticsearch has its older name still.
  configTypes: ['AWS::OpenSearch::Domain', 'AWS::Elasticsearch::Domain'],
  arn,
  about: {
    actions: ['es:ListTags'],
    read: async (reader, ref) => {
      const { TagList } = await reader.call('opensearch', 'listTags', { ARN: arn(ref) });
      return { arn: arn(ref), tags: tagsIn(TagList) };
    },
  },
  facets: {
    domain: {
      actions: ['es:DescribeDomain'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), isChanging: undefined }),
    },
    /** Whether AWS has newer software for its nodes, which it does not run yet. */
    software: {
      actions: ['es:DescribeDomain'],
      read: async (reader, ref) => {
        const { ServiceSoftwareOptions: options } = await describe(reader, ref);
        return { hasUpdate: options?.UpdateAvailable ?? false, version: options?.CurrentVersion };
      },
      // AWS offers one by itself.
      comparable: () => undefined,
    },
    /** The access policy; `undefined` where there is none. */
    policy: {
      actions: ['es:DescribeDomain'],
      read: async (reader, ref) => (await describe(reader, ref)).AccessPolicies || undefined,
      comparable: asData,
    },
  },
});
