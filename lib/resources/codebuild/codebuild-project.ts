import type {
  EnvironmentVariable,
  Project,
  ProjectSource,
  WebhookFilter,
} from '@aws-sdk/client-codebuild';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { codebuild } from '../../services/codebuild.ts';
import { percentDecoded } from '../../support/percent-decoded.ts';
import { described, lowerCaseTagsIn, only } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => codebuild.arn('project', ref, ref.id);
/** It answers without a project that is not there. */
const gone = 'ResourceNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<Project> =>
  only((await reader.call('codebuild', 'batchGetProjects', { names: [id] })).projects, gone);

const { about } = described({
  actions: ['codebuild:BatchGetProjects'],
  arn,
  describe,
  tagsOf: ({ tags }) => lowerCaseTagsIn(tags),
});

/** No name that a person has: what services call a token in place of one, or a token itself. */
const isToken =
  /^(?:x-token-auth|x-oauth-basic|x-access-token|oauth2|gh[a-z]_\w+|github_pat_\w+|glpat-.+|ATBB.+|.{32,})$/;

/** Bitbucket shows an address with the name of who clones, and SSH needs one; elsewhere a name alone is a token. */
const isNameUsual = (location: string, name: string): boolean =>
  name === 'git' ||
  /^(?:ssh:|git\+ssh:|https?:\/\/[^/@]*@bitbucket\.org(?:[:/]|$))/i.test(location);

/** Whether an address signs somebody in: with a password, or with a token in the place of a name. */
export const signsIn = (location: string): boolean => {
  const [, who] = /^[a-z+]+:\/\/([^/@]*)@/i.exec(location) ?? [];
  if (who === undefined) return false;
  const [name = '', password = ''] = who.split(/:(.*)/s);
  if (password !== '' || isToken.test(percentDecoded(name))) return true;
  return name !== '' && !isNameUsual(location, name);
};

/** Of its address only whether it has somebody's credentials in it. */
const sourceOf = ({ type, location = '' }: ProjectSource) => ({
  type,
  hasCredentials: signsIn(location),
});

/** The names of variables whose values everybody sees who sees the project; never the values. */
const plainIn = (variables: readonly EnvironmentVariable[] = []): readonly string[] =>
  variables
    .filter(({ type = 'PLAINTEXT' }) => type === 'PLAINTEXT')
    .flatMap(({ name }) => name ?? [])
    .toSorted();

const sourcesOf = ({ source, secondarySources = [] }: Project) => [
  ...(source ? [sourceOf(source)] : []),
  ...secondarySources.map(sourceOf),
];

const shown = ({ environment, logsConfig, projectVisibility }: Project) => ({
  plainVariables: plainIn(environment?.environmentVariables),
  isPrivileged: environment?.privilegedMode ?? false,
  isPublic: projectVisibility === 'PUBLIC_READ',
  logs: {
    // "CloudWatch Logs are enabled by default" (LogsConfig).
    toCloudWatch: logsConfig?.cloudWatchLogs?.status !== 'DISABLED',
    toBucket: logsConfig?.s3Logs?.status === 'ENABLED',
    isEncrypted: logsConfig?.s3Logs?.encryptionDisabled !== true,
  },
});

const filterOf = ({ type, pattern = '', excludeMatchedPattern }: WebhookFilter) => ({
  type,
  pattern,
  isExcluding: excludeMatchedPattern === true,
});

/** What starts builds by itself; `undefined` where there is no webhook. Of its secret nothing. */
const webhookOf = ({ source, webhook }: Project) =>
  webhook && {
    source: source?.type,
    /** An event starts a build that passes every filter of one group; without groups each event does. */
    groups: (webhook.filterGroups ?? []).map((filters) => filters.map(filterOf)),
    /** Which pull requests wait for somebody's word; webhooks from before August 2025 may have nothing. */
    approval: webhook.pullRequestBuildPolicy?.requiresCommentApproval,
    approvers: webhook.pullRequestBuildPolicy?.approverRoles ?? [],
  };

/** The name in a project's name or ARN. */
const projectName = (text: string): string | undefined =>
  text.startsWith('arn:') ? /:project\/([\w-]+)$/.exec(text)?.[1] : text;

/** A project of the account and region; its id is its name. */
export const codebuildProject = defineResourceType({
  type: 'AWS::CodeBuild::Project',
  scope: 'regional',
  securityHubType: 'AwsCodeBuildProject',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: codebuild.eventSource,
        calls: {
          CreateProject: 'created',
          UpdateProject: ['project', 'sources', 'webhook'],
          UpdateProjectVisibility: ['project'],
          DeleteProject: 'deleted',
          CreateWebhook: ['webhook'],
          UpdateWebhook: ['webhook'],
          DeleteWebhook: ['webhook'],
        },
        idsIn: named({ request: ['name', 'projectArn', 'projectName'], idOf: projectName }),
      },
    ],
    list: {
      actions: ['codebuild:ListProjects'],
      page: async (reader, token) => {
        const { projects = [], nextToken } = await reader.call(
          'codebuild',
          'listProjects',
          token === undefined ? {} : { nextToken: token },
        );
        return {
          resources: projects.map((id) => ({ id })),
          ...(nextToken ? { next: nextToken } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceName',
  arn,
  about,
  facets: {
    project: {
      actions: ['codebuild:BatchGetProjects'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    sources: {
      actions: ['codebuild:BatchGetProjects'],
      read: async (reader, ref) => sourcesOf(await describe(reader, ref)),
    },
    webhook: {
      actions: ['codebuild:BatchGetProjects'],
      read: async (reader, ref) => webhookOf(await describe(reader, ref)),
    },
  },
});
