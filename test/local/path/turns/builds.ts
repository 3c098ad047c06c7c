import type { CreateProjectInput } from '@aws-sdk/client-codebuild';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

type Project = Partial<CreateProjectInput>;

const environment: NonNullable<Project['environment']> = {
  ...{ type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0' },
  computeType: 'BUILD_GENERAL1_SMALL',
};

const create = async (clients: Clients, name: string, differing: Project) =>
  (await clients('codebuild')).createProject({
    name,
    source: { type: 'GITHUB', location: 'https://github.com/a/b.git' },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment,
    serviceRole: `arn:aws:iam::${account}:role/build`,
    ...differing,
  });

/** The local AWS changes no project: it is deleted, and made again as it is then. */
const remade = (control: string, wrong: Project): Turn => {
  const again = async (clients: Clients, name: string, differing: Project) => {
    await (await clients('codebuild')).deleteProject({ name });
    await create(clients, name, differing);
  };
  return {
    control,
    type: 'AWS::CodeBuild::Project',
    make: async (clients) => {
      const name = nameOf('turn');
      await create(clients, name, {});
      return name;
    },
    wrong: (clients, name) => again(clients, name, wrong),
    right: (clients, name) => again(clients, name, {}),
  };
};

const show = async (
  clients: Clients,
  name: string,
  projectVisibility: 'PUBLIC_READ' | 'PRIVATE',
) => {
  const projectArn = `arn:aws:codebuild:${region}:${account}:project/${name}`;
  return (await clients('codebuild')).updateProjectVisibility({ projectArn, projectVisibility });
};

export const buildTurns: readonly Turn[] = [
  {
    control: 'PL.CODEBUILD.1',
    type: 'AWS::CodeBuild::Project',
    make: async (clients) => {
      const name = nameOf('turn');
      await create(clients, name, {});
      return name;
    },
    wrong: (clients, name) => show(clients, name, 'PUBLIC_READ'),
    right: (clients, name) => show(clients, name, 'PRIVATE'),
  },
  remade('CodeBuild.1', {
    source: { type: 'BITBUCKET', location: 'https://mira:planted-secret@bitbucket.org/a/b.git' },
  }),
  remade('CodeBuild.2', {
    environment: {
      ...environment,
      environmentVariables: [{ name: 'AWS_SECRET_ACCESS_KEY', value: 'planted-secret' }],
    },
  }),
  {
    control: 'PL.CODEBUILD.2',
    type: 'AWS::CodeBuild::Project',
    make: async (clients) => {
      const name = nameOf('turn');
      await create(clients, name, {});
      await (await clients('codebuild')).createWebhook({ projectName: name });
      return name;
    },
    wrong: async (clients, projectName) =>
      (await clients('codebuild')).updateWebhook({
        projectName,
        pullRequestBuildPolicy: { requiresCommentApproval: 'DISABLED' },
      }),
    right: async (clients, projectName) =>
      (await clients('codebuild')).updateWebhook({
        projectName,
        filterGroups: [
          [
            { type: 'EVENT', pattern: 'PULL_REQUEST_CREATED' },
            { type: 'ACTOR_ACCOUNT_ID', pattern: '^12345$' },
          ],
        ],
      }),
  },
  remade('CodeBuild.3', {
    logsConfig: { s3Logs: { status: 'ENABLED', location: 'logs/a', encryptionDisabled: true } },
  }),
  remade('CodeBuild.4', { logsConfig: { cloudWatchLogs: { status: 'DISABLED' } } }),
  remade('CodeBuild.5', { environment: { ...environment, privilegedMode: true } }),
];
