import { declaredTags } from '../../../lib/templates/declared-tags.ts';
import { nestedStacksOf } from '../../../lib/templates/nested-stacks.ts';
import type { Template } from '../../../lib/templates/template.ts';
import { templateFrom } from '../checking.ts';
import { planOf, templateFromPlan, type Written } from '../terraform/plans.ts';

const keys = ['env', 'team'];
const of = (template: Template, name: string) => {
  const declared = template.declarations.get(name);
  if (!declared) throw new Error(`there is no ${name}`);
  return declaredTags(template, declared, keys);
};
const around = `
Parameters:
  Env: { Type: String, Default: dev }
  Stage: { Type: String, AllowedValues: [dev, prod] }
  Owner: { Type: String }
  Secret: { Type: String, NoEcho: true, Default: prod }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Never: !Equals [a, b]
Mappings: { Names: { web: { team: shop } } }
`;
const bucket = (tags: string, type = 'AWS::S3::Bucket') =>
  `${around}\nResources: { It: { Type: '${type}', Properties: { ${tags} } } }`;
const tag = (value: string, key = 'env') => `Tags: [{ Key: ${key}, Value: ${value} }]`;

// What a resource has, what it has not, and what nobody knows: a key that is not there.
it.each<[string, string, object]>([
  ['no tags', '', { env: null, team: null }],
  ['an empty list', 'Tags: []', { env: null, team: null }],
  ['one of them', tag('prod'), { env: 'prod', team: null }],
  ['a number', tag('7'), { env: '7', team: null }],
  ['an empty value', tag("''"), { env: '', team: null }],
  ['a key of another case', tag('prod', 'Env'), { env: null, team: null }],
  ['an object by key', 'Tags: { env: prod, team: web }', { env: 'prod', team: 'web' }],
  ['an object with one key', 'Tags: { env: prod }', { env: 'prod', team: null }],
  [
    'a value by a mapping',
    tag('!FindInMap [Names, web, team]', 'team'),
    { env: null, team: 'shop' },
  ],
  ['a value by a function', tag("!Join ['-', [a, b]]"), { env: 'a-b', team: null }],
  ['a default that a deployment may change', tag('!Ref Env'), { team: null }],
  ['one of several values', tag('!Ref Stage'), { team: null }],
  ['a value that nobody gave', tag('!Ref Owner'), { team: null }],
  ['a secret', tag('!Ref Secret'), { team: null }],
  ['a key that nobody gave', tag('prod', '!Ref Owner'), {}],
  ['a list that nobody gave', 'Tags: !Ref Owner', {}],
  ['a value by a condition', tag('!If [IsProd, prod, dev]'), { team: null }],
  ['the same whatever the condition', tag('!If [Never, dev, prod]'), { env: 'prod', team: null }],
  [
    'a tag by a condition',
    `Tags: [!If [IsProd, { Key: env, Value: prod }, !Ref AWS::NoValue]]`,
    {},
  ],
  ['the name of the stack', tag('!Ref AWS::StackName'), { team: null }],
  ['the account', tag("!Sub '${AWS::AccountId}'"), { team: null }],
  ['where it is deployed', tag('!Ref AWS::Region'), { team: null }],
  ['a macro', "Tags: { 'Fn::Transform': { Name: AddTags } }", {}],
  ['a macro beside a tag', "Tags: { env: prod, 'Fn::Transform': { Name: AddTags } }", {}],
  ['a value that is longer than AWS takes', tag('x'.repeat(257)), { team: null }],
  ['no value', 'Tags: [{ Key: env }]', { team: null }],
  ['another property', 'CopyTagsToSnapshot: true', { env: null, team: null }],
])('CloudFormation: %s', async (_, tags, expected) => {
  expect(of(await templateFrom(bucket(tags)), 'It')).toEqual(expected);
});

it.each([
  ['AWS::EFS::FileSystem', 'FileSystemTags'],
  ['AWS::EFS::AccessPoint', 'AccessPointTags'],
])('%s has them by a name of its own', async (type, name) => {
  const template = await templateFrom(bucket(`${name}: [{ Key: env, Value: prod }]`, type));
  expect(of(template, 'It')).toEqual({ env: 'prod', team: null });
});

it('counts what was given for a parameter', async () => {
  const given = await templateFrom(bucket(tag('!Ref Env')), { Env: 'prod' });
  expect(of(given, 'It')).toEqual({ env: 'prod', team: null });
});

it('knows nothing of tags that AWS sets itself', async () => {
  const template = await templateFrom(bucket(''));
  const declared = template.declarations.get('It');
  if (!declared) throw new Error('there is no bucket');
  expect(declaredTags(template, declared, ['aws:cloudformation:stack-name'])).toEqual({});
});

it('knows nothing of a resource that another stack makes', async () => {
  const policy = `Resources: { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: there, PolicyDocument: { Statement: [] } } } }`;
  const template = await templateFrom(policy);
  const [part] = [...template.byType.values()].flat().filter(({ isPart }) => isPart);
  expect(part && declaredTags(template, part, keys)).toEqual({});
});

it('has those of the stack that it is nested in, where it has none of its own', async () => {
  const parent = await templateFrom(`${around}
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Metadata: { 'aws:asset:path': checking.ts }
    Properties: { Tags: [{ Key: env, Value: prod }, { Key: team, Value: !Ref Owner }] }`);
  const [nested] = nestedStacksOf(parent, 'test/templates/parent.yaml', undefined);
  const template = async (tags: string): Promise<Template> => {
    const child = await templateFrom(bucket(tags));
    return { ...child, deployment: { ...child.deployment, ...nested?.deployment } };
  };
  expect(of(await template(''), 'It')).toEqual({ env: 'prod' });
  expect(of(await template(tag('dev')), 'It')).toEqual({ env: 'dev' });
  expect(of(await template(tag('web', 'team')), 'It')).toEqual({ env: 'prod', team: 'web' });
});

const aws = 'aws_s3_bucket.it';
it.each<[string, Omit<Written, 'address'>, object]>([
  ['no tags', {}, { env: null, team: null }],
  ['nulls', { values: { tags: null, tags_all: null } }, { env: null, team: null }],
  ['its own', { values: { tags: { env: 'prod' } } }, { env: 'prod', team: null }],
  [
    'with those of the provider',
    { values: { tags: { env: 'prod' }, tags_all: { env: 'prod', team: 'web' } } },
    { env: 'prod', team: 'web' },
  ],
  [
    'of which the provider has more after applying',
    { values: { tags: { env: 'prod' } }, unknown: { tags_all: true } },
    { env: 'prod' },
  ],
  ['after applying alone', { unknown: { tags: true, tags_all: true } }, {}],
  [
    'one of which is known after applying',
    { values: { tags: { team: 'web' } }, unknown: { tags: { env: true }, tags_all: true } },
    { team: 'web' },
  ],
  [
    'one of all that is known after applying',
    { values: { tags_all: { team: 'web' } }, unknown: { tags_all: { env: true } } },
    { team: 'web' },
  ],
  [
    'a secret one',
    { values: { tags: { env: 'prod' } }, sensitive: { tags: { env: true } } },
    { team: null },
  ],
  ['all secret', { values: { tags: { env: 'prod' } }, sensitive: { tags: true } }, {}],
])('Terraform: %s', async (_, written, expected) => {
  const template = await templateFromPlan(planOf([{ address: aws, ...written }]));
  expect(of(template, aws)).toEqual(expected);
});

it.each([
  ['aws_efs_file_system.it'],
  ['aws_lambda_function.it'],
  ['aws_efs_access_point.it'],
  ['aws_ecs_service.it'],
  ['aws_lb_listener.it'],
])('Terraform: %s has them by the same attributes', async (address) => {
  const written = { address, values: { tags_all: { env: 'prod' } } };
  const template = await templateFromPlan(planOf([written]));
  expect(of(template, address)).toEqual({ env: 'prod', team: null });
});
