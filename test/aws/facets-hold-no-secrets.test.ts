import { type BatchReader, createReader } from '../../lib/aws/reader.ts';
import type { AnyResourceType } from '../../lib/model/resource-type.ts';
import { reachableFacet } from '../../lib/model/ways-in.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { answering, marksIn, type Place } from './answers.ts';

const account = '123456789012';
const region = 'us-east-1';

/** What people write secrets into, and AWS's own model does not call sensitive; each is of an answer that some facet asks for. */
const secret: readonly RegExp[] = [
  /^apigateway\.GetStages?\..*(variables|stageVariableOverrides)\.value$/,
  /^apigatewayv2\.GetStages?\..*StageVariables\.value$/,
  /^autoscaling\.DescribeLaunchConfigurations\..*\.UserData$/,
  /^cloudformation\.DescribeStacks\..*\.ParameterValue$/,
  /^codebuild\.BatchGetProjects\..*\.environmentVariables\.value$/,
  // A repository is named with the password of whoever may read it, and a webhook is signed with a secret.
  /^codebuild\.BatchGetProjects\..*\.(location|buildspec|secret|payloadUrl)$/,
  /^ecs\.DescribeTaskDefinition\..*\.(command|entryPoint|(dockerLabels|options)\.value)$/,
  /^redshiftserverless\.(GetWorkgroup|ListWorkgroups)\..*\.configParameters\.parameterValue$/,
];

/** What is shown though AWS's model calls it sensitive, with the reason. */
const shown: Readonly<Record<string, string>> = {
  'backup.ListTags.Tags.value': 'it is a tag, and no other service calls tags sensitive',
  'ecs.DescribeTaskDefinition.taskDefinition.containerDefinitions.environment.name':
    'the name says which variable holds a key',
  's3.GetBucketEncryption.ServerSideEncryptionConfiguration.Rules.ApplyServerSideEncryptionByDefault.KMSMasterKeyID':
    'it is the id of a key',
};
/** What the targets of Plumbline's own rules are given is compared with what was deployed. */
const ofOwnRules =
  /^eventbridge\.ListTargetsByRule\.Targets\.(RedshiftDataParameters|AppSyncParameters)\./;

const isSecret = ({ path, isSensitive }: Place) =>
  (isSensitive && shown[path] === undefined && !ofOwnRules.test(path)) ||
  secret.some((pattern) => pattern.test(path));

/** By their paths in lower case: a facet may write in lower case, or in upper, what it was told. */
const told = new Map<string, Place>();
const arnOfTrail = `arn:aws:cloudtrail:${region}:${account}:trail/all`;
/** What is read again: as any text it ends the reading. */
const known = (member: string, { path }: Place): unknown => {
  if (/\.environmentVariables\.type$/.test(path)) return 'PLAINTEXT';
  if (/policy(document|text)?$/i.test(member)) return '{"Version":"2012-10-17","Statement":[]}';
  if (member === 'TemplateBody') return '{"Resources":{}}';
  if (member === 'Deleted') return false;
  if (member === 'TrailARN') return arnOfTrail;
  if (member === 'HomeRegion') return region;
  return undefined;
};
const clients = answering(known, (place) => told.set(place.path.toLowerCase(), place));
const reader = (): BatchReader =>
  createReader({
    ...{ account, region, clients, members: [] },
    ...{ clientsIn: () => clients, clientsAt: () => clients },
  });

const facetsOf = (type: AnyResourceType) => [
  ...Object.entries(type.facets).flatMap(([name, { read }]) => (read ? [name] : [])),
  ...(type.reachable ? [reachableFacet] : []),
  'about',
];
const secretsIn = (value: unknown) =>
  marksIn(JSON.stringify(value) ?? '').filter((path) => {
    const place = told.get(path.toLowerCase());
    return place !== undefined && isSecret(place);
  });

describe('what people write secrets into', () => {
  const rows = resourceTypes.flatMap((type) =>
    facetsOf(type).map((facet) => [`${type.type} ${facet}`, type, facet] as const),
  );

  it.each(rows)('is not held by %s', async (_, type, facet) => {
    const ref = {
      account,
      region,
      id: type.type === 'AWS::CloudTrail::Trail' ? arnOfTrail : 'any',
    };
    const reading = await reader().read(type, ref, [facet]);
    const read = reading.gone ? undefined : reading.facets[facet];
    expect(read).toHaveProperty('value');
    expect(secretsIn(read)).toEqual([]);
  });

  it.each(resourceTypes.map((type) => [type.type, type] as const))(
    'is not held by what the listing of %s gives',
    async (_, type) => {
      const page = await type.live.list.page(reader(), undefined);
      expect(secretsIn(page)).toEqual([]);
    },
  );

  it('is in the answers, wherever it is looked for', () => {
    const places = [...told.values()].map(({ path }) => path);
    expect(secret.filter((pattern) => !places.some((path) => pattern.test(path)))).toEqual([]);
    expect(Object.keys(shown).filter((path) => !places.includes(path))).toEqual([]);
  });
});
