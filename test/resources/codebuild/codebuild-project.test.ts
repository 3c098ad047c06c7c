import { codebuildProject } from '../../../lib/resources/codebuild/codebuild-project.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(codebuildProject);

const facets = Object.keys(codebuildProject.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(codebuildProject, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-full', 'read-bare'];

beforeAll(async () => {
  const codebuild = await aws.clients()('codebuild');
  const common = {
    serviceRole: `arn:aws:iam::${accountId}:role/build`,
    artifacts: { type: 'NO_ARTIFACTS' },
  } as const;
  const environment = {
    type: 'LINUX_CONTAINER',
    image: 'aws/codebuild/standard:7.0',
    computeType: 'BUILD_GENERAL1_SMALL',
  } as const;
  await codebuild.createProject({
    ...{ ...common, name: full },
    source: { type: 'BITBUCKET', location: 'https://mira:planted-secret@bitbucket.org/a/b.git' },
    environment: {
      ...{ ...environment, privilegedMode: true },
      environmentVariables: [
        { name: 'AWS_SECRET_ACCESS_KEY', value: 'planted-secret', type: 'PLAINTEXT' },
        { name: 'TOKEN', value: 'token', type: 'SECRETS_MANAGER' },
        { name: 'STAGE', value: 'planted-secret' },
      ],
    },
    logsConfig: {
      cloudWatchLogs: { status: 'DISABLED' },
      s3Logs: { status: 'ENABLED', location: 'logs/a', encryptionDisabled: true },
    },
    tags: [{ key: 'data', value: 'secret' }],
  });
  await codebuild.createWebhook({
    projectName: full,
    filterGroups: [
      [
        { type: 'EVENT', pattern: 'PUSH, PULL_REQUEST_CREATED' },
        { type: 'ACTOR_ACCOUNT_ID', pattern: '^12345$', excludeMatchedPattern: true },
      ],
    ],
  });
  await codebuild.createProject({
    ...{ ...common, name: bare, environment },
    source: { type: 'S3', location: 'sources/a.zip' },
  });
}, 60_000);

it('shows how it builds, and no value of what it is given', async () => {
  const shown = await read(full, 'project', 'sources');
  expect(shown).toEqual({
    project: {
      value: {
        ...{ isPrivileged: true, isPublic: false },
        plainVariables: ['AWS_SECRET_ACCESS_KEY', 'STAGE'],
        logs: { toCloudWatch: false, toBucket: true, isEncrypted: false },
      },
    },
    sources: { value: [{ type: 'BITBUCKET', hasCredentials: true }] },
  });
  expect(JSON.stringify(shown)).not.toContain('planted');
});

it('shows what AWS does where nothing is set', async () => {
  expect(await read(bare, 'project', 'sources')).toEqual({
    project: {
      value: {
        ...{ isPrivileged: false, isPublic: false, plainVariables: [] },
        logs: { toCloudWatch: true, toBucket: false, isEncrypted: true },
      },
    },
    sources: { value: [{ type: 'S3', hasCredentials: false }] },
  });
});

it('shows what starts builds by itself, or that nothing does', async () => {
  expect(await read(full, 'webhook')).toEqual({
    webhook: {
      value: {
        source: 'BITBUCKET',
        groups: [
          [
            { type: 'EVENT', pattern: 'PUSH, PULL_REQUEST_CREATED', isExcluding: false },
            { type: 'ACTOR_ACCOUNT_ID', pattern: '^12345$', isExcluding: true },
          ],
        ],
        approval: 'ALL_PULL_REQUESTS',
        approvers: ['BITBUCKET_WRITE', 'BITBUCKET_ADMIN'],
      },
    },
  });
  expect(await read(bare, 'webhook')).toEqual({ webhook: { value: undefined } });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read('never-made', facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(codebuildProject, 'example')).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  const arn = `arn:aws:codebuild:${region}:${accountId}:project/${full}`;
  expect(await read(full, 'about')).toEqual({
    about: { value: { arn, tags: { data: 'secret' } } },
  });
  const { resources } = await codebuildProject.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([full, bare]));
});

it.each<[string, object, unknown]>([
  ['its name', { requestParameters: { name: 'orders' } }, ['orders']],
  [
    'its ARN',
    {
      requestParameters: {
        projectArn: `arn:aws:codebuild:${region}:${accountId}:project/orders`,
        projectVisibility: 'PUBLIC_READ',
      },
    },
    ['orders'],
  ],
  ['the project of a webhook', { requestParameters: { projectName: 'orders' } }, ['orders']],
  ['nothing', { requestParameters: null }, 'all'],
])('is named by %s', (_, detail, ids) => {
  const [announcement] = codebuildProject.live.announcements;
  expect(
    announcement?.idsIn({ eventName: 'Update', awsRegion: region, ...detail }, accountId),
  ).toEqual(ids);
});
