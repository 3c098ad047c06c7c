import type { RegistryScanningRule, Repository } from '@aws-sdk/client-ecr';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ecr } from '../../services/ecr.ts';
import { matches } from '../../support/wildcards.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => ecr.arn('repository', ref, ref.id);

const describedOf = async (reader: Reader, { id }: Ref): Promise<Repository> => {
  const asked = { repositoryNames: [id] };
  const { repositories = [] } = await reader.call('ecr', 'describeRepositories', asked);
  return repositories[0] ?? {};
};

// A filter without a wildcard is met by names that hold it:
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
const isMetBy = (name: string, filter: string): boolean =>
  filter.includes('*') ? matches(filter, name) : name.includes(filter);

const isScannedBy = (
  name: string,
  { scanFrequency, repositoryFilters = [] }: RegistryScanningRule,
) =>
  scanFrequency !== 'MANUAL' &&
  repositoryFilters.some(({ filter = '' }) => filter !== '' && isMetBy(name, filter));

const scanningOf = async (reader: Reader, ref: Ref) => {
  const [{ imageScanningConfiguration }, { scanningConfiguration }] = await Promise.all([
    describedOf(reader, ref),
    reader.call('ecr', 'getRegistryScanningConfiguration', {}),
  ]);
  const isEnhanced = scanningConfiguration?.scanType === 'ENHANCED';
  const rules = scanningConfiguration?.rules ?? [];
  return {
    isEnhanced,
    /** By a rule of the registry. */
    isByRule: rules.some((rule) => isScannedBy(ref.id, rule)),
    /** By a setting of the repository, which enhanced scanning does not heed. */
    isOnPush: imageScanningConfiguration?.scanOnPush ?? false,
  };
};

const tagsOf = ({ imageTagMutability, imageTagMutabilityExclusionFilters }: Repository) => ({
  mutability: imageTagMutability ?? 'MUTABLE',
  exclusions: (imageTagMutabilityExclusionFilters ?? []).map(({ filter = '' }) => filter),
});

/** A private repository of the account and region; its id is its name. */
export const ecrRepository = defineResourceType({
  type: 'AWS::ECR::Repository',
  scope: 'regional',
  securityHubType: 'AwsEcrRepository',
  live: {
    gone: ['RepositoryNotFoundException'],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: ecr.eventSource,
        calls: {
          CreateRepository: 'created',
          PutImageScanningConfiguration: ['scanning'],
          PutRegistryScanningConfiguration: ['scanning'],
          PutImageTagMutability: ['imageTags'],
          PutLifecyclePolicy: ['lifecycle'],
          DeleteLifecyclePolicy: ['lifecycle'],
          SetRepositoryPolicy: ['policy'],
          DeleteRepositoryPolicy: ['policy'],
          DeleteRepository: 'deleted',
        },
        hides: ['SetRepositoryPolicy'],
        // What sets the scanning of the registry names no repository, and can be of all.
        idsIn: named({
          owner: ['registryId'],
          request: ['repositoryName'],
          response: ['repository.repositoryName'],
        }),
      },
    ],
    list: {
      actions: ['ecr:DescribeRepositories'],
      page: async (reader, token) => {
        const { repositories = [], nextToken } = await reader.call('ecr', 'describeRepositories', {
          maxResults: 1000,
          ...(token === undefined ? {} : { nextToken: token }),
        });
        const resources = repositories.map((one) => ({
          id: one.repositoryName ?? '',
          facets: { imageTags: tagsOf(one) },
        }));
        return { resources, ...(nextToken ? { next: nextToken } : {}) };
      },
    },
  },
  configurationItem: 'resourceName',
  arn,
  about: {
    actions: ['ecr:ListTagsForResource'],
    read: async (reader, ref) => {
      const asked = { resourceArn: arn(ref) };
      const { tags = [] } = await reader.call('ecr', 'listTagsForResource', asked);
      const all = tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
      return { arn: arn(ref), tags: Object.fromEntries(all) };
    },
  },
  facets: {
    /** Whether images are scanned as they are pushed, or ever after. */
    scanning: {
      actions: ['ecr:DescribeRepositories', 'ecr:GetRegistryScanningConfiguration'],
      read: scanningOf,
    },
    /** Whether a tag can be moved to another image. */
    imageTags: {
      actions: ['ecr:DescribeRepositories'],
      read: async (reader, ref) => tagsOf(await describedOf(reader, ref)),
    },
    /** Whether a lifecycle policy says which images are deleted. */
    lifecycle: {
      actions: ['ecr:GetLifecyclePolicy'],
      absent: ['LifecyclePolicyNotFoundException'],
      read: async (reader, { id }) => {
        await reader.call('ecr', 'getLifecyclePolicy', { repositoryName: id });
        return { isThere: true };
      },
    },
    policy: {
      actions: ['ecr:GetRepositoryPolicy'],
      absent: ['RepositoryPolicyNotFoundException'],
      read: async (reader, { id }) =>
        (await reader.call('ecr', 'getRepositoryPolicy', { repositoryName: id })).policyText,
      comparable: asData,
    },
  },
});
