import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError } from './answer.ts';
import { policyText } from './policy-text.ts';

const repositoryNamed = (stack: Stack, name: unknown): Resource => {
  const found = stack.find(['AWS::ECR::Repository'], (one) => one.name === name);
  if (!found) throw awsError('RepositoryNotFoundException');
  return found;
};

const described: Answer = (stack, { repositoryNames }) => {
  const found = repositoryNamed(stack, Array.isArray(repositoryNames) ? repositoryNames[0] : '');
  const exclusions = found.get('ImageTagMutabilityExclusionFilters').items();
  return {
    repositories: [
      {
        repositoryName: found.name,
        get imageTagMutability() {
          return found.get('ImageTagMutability').text(['MUTABLE', 'IMMUTABLE']) ?? 'MUTABLE';
        },
        imageTagMutabilityExclusionFilters: exclusions.map((one) => ({
          filter: one.get('ImageTagMutabilityExclusionFilterValue').name(),
        })),
        imageScanningConfiguration: {
          get scanOnPush() {
            return found.get('ImageScanningConfiguration', 'ScanOnPush').flag() ?? false;
          },
        },
      },
    ],
  };
};

/** What the registry of the account scans by rules, where the template says it; else nothing. */
const registryScanning: Answer = (stack) => {
  const [found] = stack.all('AWS::ECR::RegistryScanningConfiguration');
  return {
    scanningConfiguration: found && {
      scanType: found.get('ScanType').text(['BASIC', 'ENHANCED']),
      rules: found
        .get('Rules')
        .items()
        .map((rule) => ({
          scanFrequency: rule.get('ScanFrequency').text(['MANUAL', 'SCAN_ON_PUSH']),
          repositoryFilters: rule
            .get('RepositoryFilters')
            .items()
            .map((one) => ({ filter: one.get('Filter').text() })),
        })),
    },
  };
};

const lifecycle: Answer = (stack, { repositoryName }) => {
  const found = repositoryNamed(stack, repositoryName);
  if (!found.get('LifecyclePolicy', 'LifecyclePolicyText').isSet)
    throw awsError('LifecyclePolicyNotFoundException');
  return {};
};

const policy: Answer = (stack, { repositoryName }) => {
  const found = repositoryNamed(stack, repositoryName);
  const set = found.get('RepositoryPolicyText');
  if (!set.isSet) throw awsError('RepositoryPolicyNotFoundException');
  return { policyText: policyText(set, { ...stack.template.deployment, arn: found.arn }) };
};

export const ecrAnswers: Answers = {
  describeRepositories: described,
  getRegistryScanningConfiguration: registryScanning,
  getLifecyclePolicy: lifecycle,
  getRepositoryPolicy: policy,
};
