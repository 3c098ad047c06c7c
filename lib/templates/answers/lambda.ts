import { isOpenName, lazily, Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, text } from './answer.ts';
import { policyText } from './policy-text.ts';

const functionNamed = (stack: Stack, name: unknown): Resource => {
  const found = stack.find(['AWS::Lambda::Function'], (one) => one.name === name);
  if (!found) throw awsError('ResourceNotFoundException');
  return found;
};

/**
 * The ways in which a template names a function; what follows a name is a version or an alias. Of an ARN Lambda takes the
 * end alone too, with `function:` or without it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html#API_AddPermission_RequestSyntax
 */
const namesOf = ({ name, arn, physicalId }: Resource): readonly string[] => {
  const [region = '', account = ''] = arn.split(':').slice(3);
  const ends = [name, `function:${name}`].flatMap((end) => [
    end,
    `${account}:${end}`,
    `${region}:${account}:${end}`,
  ]);
  return [...new Set([arn, physicalId, ...ends])];
};
interface Named {
  readonly qualifier: string | undefined;
}
/** What a property says of a function: the whole of it or one of its versions; `undefined` of another function. */
const namedBy = (property: Part, names: readonly string[]): Named | undefined => {
  const written = property.name();
  if (written === undefined) return undefined;
  const found = names.find((name) => written === name || written.startsWith(`${name}:`));
  if (found === undefined) return undefined;
  return { qualifier: written.slice(found.length + 1) || undefined };
};

interface Qualified {
  readonly name: string;
  readonly resource: Resource;
}
const aliasesOf = (stack: Stack, one: Resource): readonly Qualified[] =>
  stack
    .leadingTo(namesOf(one), 'FunctionName', 'AWS::Lambda::Alias')
    .map((resource) => ({ name: resource.get('Name').name() ?? '', resource }));
/** A version has its number once it is deployed: till then its logical id stands for it. */
const versionsOf = (stack: Stack, one: Resource): readonly Qualified[] =>
  stack
    .leadingTo(namesOf(one), 'FunctionName', 'AWS::Lambda::Version')
    .map((resource) => ({ name: resource.declared.logicalId, resource }));
const qualifiedOf = (stack: Stack, one: Resource): readonly Qualified[] => [
  ...aliasesOf(stack, one),
  ...versionsOf(stack, one),
];

/** Whatever stands apart of a function, with the alias that it is of. */
const apart = (
  stack: Stack,
  one: Resource,
  type: string,
  by: string,
): readonly { readonly resource: Resource; readonly alias: string | undefined }[] => {
  const all = stack.all(type);
  if (all.length === 0) return [];
  const names = namesOf(one);
  const qualified = qualifiedOf(stack, one);
  return stack.alone(names, [type], all).flatMap((resource) => {
    const property = resource.get(by);
    const of = qualified.find((alias) =>
      [alias.resource.physicalId, alias.resource.arn].includes(property.name() ?? ''),
    );
    if (of) return [{ resource, alias: of.name }];
    const may = property.isAny && stack.mayLead(resource, by, names);
    const named = may ? { qualifier: undefined } : namedBy(property, names);
    const alias = named && (named.qualifier ?? resource.get('Qualifier').name());
    return named ? [{ resource, alias }] : [];
  });
};

/** Of what stands apart what is read of the function's own, or of an alias: that of one which another deployment made is with its own. */
const readOf = (stack: Stack, one: Resource, type: string, by: string, asked?: string) => {
  const all = apart(stack, one, type, by);
  if (all.length === 0) return [];
  const known = qualifiedOf(stack, one).map(({ name }) => name);
  const own = (alias: string | undefined) =>
    alias !== undefined && known.includes(alias) ? alias : undefined;
  return all.filter(({ alias }) => own(alias) === asked).map(({ resource }) => resource);
};

/** The permissions of a function in the order in which they are read: its own before those of each alias and version. */
export const permissionsOf = (stack: Stack, one: Resource, asked?: string): readonly Resource[] =>
  readOf(stack, one, 'AWS::Lambda::Permission', 'FunctionName', asked);
/** Whether what stands apart of a function is of one that the template makes. */
export const isOfOwn = (stack: Stack, of: Part): boolean => {
  const written = of.name() ?? '';
  return stack
    .all('AWS::Lambda::Function')
    .some(
      (one) =>
        namedBy(of, namesOf(one)) !== undefined ||
        qualifiedOf(stack, one).some(({ resource }) =>
          [resource.physicalId, resource.arn].includes(written),
        ),
    );
};
export const everyPermissionOf = (stack: Stack, one: Resource): readonly Resource[] =>
  [...new Set([undefined, ...qualifiedOf(stack, one).map(({ name }) => name)])].flatMap((alias) =>
    permissionsOf(stack, one, alias),
  );
const authTypes = ['NONE', 'AWS_IAM'];
/** Of several the one that asks nobody. */
export const urlOf = (stack: Stack, one: Resource, asked?: string): Resource | undefined => {
  const [first, ...more] = readOf(stack, one, 'AWS::Lambda::Url', 'TargetFunctionArn', asked);
  if (!first || more.length === 0) return first;
  const open = [first, ...more].find((url) => url.get('AuthType').text(authTypes) === 'NONE');
  return open ?? first;
};

/** By operator and key what Lambda writes for a property of a permission. */
const conditions: Readonly<Record<string, readonly [operator: string, key: string]>> = {
  SourceAccount: ['StringEquals', 'AWS:SourceAccount'],
  SourceArn: ['ArnLike', 'AWS:SourceArn'],
  PrincipalOrgID: ['StringEquals', 'aws:PrincipalOrgID'],
  FunctionUrlAuthType: ['StringEquals', 'lambda:FunctionUrlAuthType'],
  EventSourceToken: ['StringEquals', 'lambda:EventSourceToken'],
  InvokedViaFunctionUrl: ['Bool', 'lambda:InvokedViaFunctionUrl'],
};

/** A service, or whoever else: a policy names them apart. */
const principalOf = (permission: Resource): unknown => {
  const tree = permission.properties.tree('Principal');
  const said = permission.get('Principal').name() ?? '';
  if (/\.amazon(?:aws)?\.com(?:\.cn)?$/.test(said)) return { Service: tree };
  return said === '*' ? '*' : { AWS: tree };
};

/**
 * What a condition of a permission asks for. S3 invokes a function for a bucket, and the ARN of one that is open has no
 * account, whichever it is.
 */
const askedBy = (permission: Resource, name: string): unknown => {
  const isOfBucket =
    name === 'SourceArn' &&
    /^s3\.amazonaws\./.test(permission.get('Principal').name() ?? '') &&
    isOpenName(permission.get(name).name());
  const { partition } = permission.properties.scope.template.deployment;
  return isOfBucket ? `arn:${partition}:s3:::which-is-open` : permission.properties.tree(name);
};

/** A permission as the statement that Lambda makes of it (AddPermission). */
const statementOf = (permission: Resource, function_: Resource, alias: string | undefined) => {
  const written = Object.entries(conditions).flatMap(([name, [operator, key]]) =>
    permission.get(name).isSet ? [[operator, key, askedBy(permission, name)] as const] : [],
  );
  const operators = [...new Set(written.map(([operator]) => operator))];
  const Condition = Object.fromEntries(
    operators.map((operator) => [
      operator,
      Object.fromEntries(
        written.flatMap(([own, key, tree]) => (own === operator ? [[key, tree]] : [])),
      ),
    ]),
  );
  return {
    Sid: permission.declared.logicalId,
    Effect: 'Allow',
    Principal: principalOf(permission),
    Action: permission.properties.tree('Action'),
    Resource: alias === undefined ? function_.arn : `${function_.arn}:${alias}`,
    ...(written.length > 0 ? { Condition } : {}),
  };
};

const policy: Answer = (stack, { FunctionName, Qualifier }) => {
  const found = functionNamed(stack, FunctionName);
  const alias = Qualifier === undefined ? undefined : text(Qualifier);
  const all = permissionsOf(stack, found, alias);
  if (all.length === 0) throw awsError('ResourceNotFoundException');
  const document = {
    Version: '2012-10-17',
    Statement: all.map((one) => statementOf(one, found, alias)),
  };
  const owner = { ...stack.template.deployment, arn: found.arn };
  return { Policy: policyText(new Part(document, found.properties.scope), owner) };
};

/** The layers of a function: one that the template makes is its own account's, whichever version it will have. */
const layersOf = (stack: Stack, one: Resource) => {
  const made = stack
    .all('AWS::Lambda::LayerVersion')
    .flatMap(({ physicalId, arn }) => [physicalId, arn]);
  const { partition, region, account } = stack.template.deployment;
  const own = `arn:${partition}:lambda:${region}:${account}:layer:own:1`;
  return one
    .get('Layers')
    .items()
    .map((layer) => ({ Arn: made.includes(layer.name() ?? '') ? own : layer.text() }));
};

const configuration: Answer = (stack, { FunctionName }) => {
  const found = functionNamed(stack, FunctionName);
  return {
    PackageType: found.get('PackageType').text(['Zip', 'Image']),
    get Layers() {
      return layersOf(stack, found);
    },
    // One that is long out of support, and one of today.
    Runtime: found.get('Runtime').text(['nodejs12.x', 'nodejs24.x']),
    VpcConfig: { SubnetIds: found.get('VpcConfig', 'SubnetIds').nameList() },
  };
};

const url: Answer = (stack, { FunctionName, Qualifier }) => {
  const found = functionNamed(stack, FunctionName);
  const alias = Qualifier === undefined ? undefined : text(Qualifier);
  const own = urlOf(stack, found, alias);
  if (!own) throw awsError('ResourceNotFoundException');
  return lazily({ AuthType: () => own.get('AuthType').text(authTypes) });
};

const aliases: Answer = (stack, { FunctionName }) => {
  const all = aliasesOf(stack, functionNamed(stack, FunctionName));
  // Lambda refuses a second alias of one name: what is of either is of that name.
  return { Aliases: [...new Set(all.map(({ name }) => name))].map((Name) => ({ Name })) };
};

const versions: Answer = (stack, { FunctionName }) => ({
  Versions: versionsOf(stack, functionNamed(stack, FunctionName)).map(({ name: Version }) => ({
    Version,
  })),
});

export const lambdaAnswers: Answers = {
  listVersionsByFunction: versions,
  getFunctionConfiguration: configuration,
  getPolicy: policy,
  getFunctionUrlConfig: url,
  listAliases: aliases,
};
