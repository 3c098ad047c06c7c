import { Unresolved } from '../../model/unresolved.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, flagOr, ownValue } from './answer.ts';

const approvals = ['DISABLED', 'ALL_PULL_REQUESTS', 'FORK_PULL_REQUESTS'];
const switches = ['DISABLED', 'ENABLED'];

/** An address may be open behind its host. What is open before that may sign somebody in: it is unresolved then. */
const addressOf = (location: Part): string | undefined => {
  const named = location.name();
  const isKnown =
    named === undefined || !named.includes('<') || /^[a-z+]+:\/\/[^/<]+\//i.test(named);
  return isKnown ? named : location.text();
};

const sourceOf = (source: Part) =>
  lazily({
    type: () => source.get('Type').text(),
    location: () => addressOf(source.get('Location')),
  });

const filterOf = (filter: Part) =>
  lazily({
    type: () => filter.get('Type').text(),
    pattern: () => filter.get('Pattern').text(),
    excludeMatchedPattern: () => filter.get('ExcludeMatchedPattern').flag() ?? false,
  });

/**
 * A new webhook lets all pull requests wait, where nothing else is asked for:
 * https://github.com/hashicorp/terraform-provider-aws/pull/44201
 */
const webhookOf = (project: Resource, stack: Stack) => {
  const triggers = project.get('Triggers');
  if (triggers.get('Webhook').flag() !== true) return undefined;
  if (!project.get('Source', 'Type').isSet)
    throw new Unresolved('where the source of the project is');
  const policy = triggers.get('PullRequestBuildPolicy');
  return lazily({
    filterGroups: () =>
      triggers
        .get('FilterGroups')
        .items()
        .map((group) => group.items().map(filterOf)),
    pullRequestBuildPolicy: () =>
      lazily({
        requiresCommentApproval: () =>
          policy.get('RequiresCommentApproval').among(approvals) ??
          ownValue(stack, 'the approval of pull requests', 'ALL_PULL_REQUESTS'),
        approverRoles: () =>
          policy
            .get('ApproverRoles')
            .items()
            .map((one) => one.text(['GITHUB_READ', 'GITHUB_WRITE'])),
      }),
  });
};

const described: Answer = (stack, { names }) => {
  const [wanted] = [names].flat();
  const found = stack.find(['AWS::CodeBuild::Project'], (one) => one.name === wanted);
  if (!found) return { projects: [] };
  const environment = found.get('Environment');
  const logs = found.get('LogsConfig');
  return {
    projects: [
      lazily({
        name: () => found.name,
        source: () => sourceOf(found.get('Source')),
        secondarySources: () => found.get('SecondarySources').items().map(sourceOf),
        webhook: () => webhookOf(found, stack),
        projectVisibility: () =>
          found.get('Visibility').among(['PRIVATE', 'PUBLIC_READ']) ??
          ownValue(stack, 'projects that only the account sees', 'PRIVATE') ??
          'PUBLIC_READ',
        environment: () =>
          lazily({
            privilegedMode: () =>
              flagOr(
                stack,
                environment.get('PrivilegedMode'),
                'builds without privileged mode',
                false,
              ),
            environmentVariables: () =>
              environment
                .get('EnvironmentVariables')
                .items()
                .map((one) => ({
                  name: one.get('Name').text(['AWS_ACCESS_KEY_ID', 'STAGE']),
                  type: one.get('Type').among(['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER']),
                })),
          }),
        logsConfig: () => ({
          cloudWatchLogs: lazily({
            status: () =>
              logs.get('CloudWatchLogs', 'Status').among(switches) ??
              ownValue(stack, 'the logs of builds in CloudWatch', 'ENABLED') ??
              'DISABLED',
          }),
          s3Logs: lazily({
            status: () => logs.get('S3Logs', 'Status').among(switches) ?? 'DISABLED',
            encryptionDisabled: () =>
              flagOr(
                stack,
                logs.get('S3Logs', 'EncryptionDisabled'),
                'the encryption of the logs of builds in S3',
                false,
              ),
          }),
        }),
      }),
    ],
  };
};

export const codebuildAnswers: Answers = { batchGetProjects: described };
