import { isIntrinsic } from '../../support/intrinsics.ts';
import { namedIn } from '../../support/named-in.ts';
import { didYouMean } from '../../support/nearest.ts';
import { asRecord, list, said, text } from '../../support/untyped.ts';
import { macrosIn } from '../cloudformation.ts';
import { declaredTypes } from '../declared/index.ts';
import type { Path } from '../document/document.ts';
import { type Declaration, hasNoMap, type RefusedPart, type Template } from '../template.ts';
import { circleIn } from './circle.ts';
import { unresolvedNames, valuesOutside } from './unresolved-names.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const functions: ReadonlySet<string> = new Set(
  'And Base64 Cidr Contains EachMemberEquals EachMemberIn Equals FindInMap GetAZs GetAtt GetStackOutput If ImportValue Join Length Not Or RefAll Select Split Sub ToJsonString Transform ValueOf ValueOfAll'
    .split(' ')
    .map((name) => `Fn::${name}`),
);

/** What the properties of a resource refer to, and the functions in them that there are not. */
class Walk {
  readonly referred = new Set<string>();
  readonly unknown: { readonly path: Path; readonly name: string }[] = [];

  /** @param path changes while it is walked: a copy of it is made of what is found alone */
  at(tree: unknown, path: (string | number)[], isSure: boolean): void {
    if (typeof tree !== 'object' || tree === null) return;
    if (Array.isArray(tree)) {
      for (let index = 0; index < tree.length; index += 1)
        this.#below(tree[index], index, path, isSure);
      return;
    }
    const keys = Object.keys(tree);
    const [key = ''] = keys;
    const isFunction = keys.length === 1 && isIntrinsic(key);
    if (isFunction) this.#use(key, Reflect.get(tree, key), path, isSure);
    const isSureBelow = isSure && !(isFunction && key === 'Fn::If');
    for (const name of keys) this.#below(Reflect.get(tree, name), name, path, isSureBelow);
  }
  #below(tree: unknown, step: string | number, path: (string | number)[], isSure: boolean): void {
    if (typeof tree !== 'object' || tree === null) return;
    path.push(step);
    this.at(tree, path, isSure);
    path.pop();
  }
  #use(name: string, argument: unknown, path: Path, isSure: boolean): void {
    if (name !== 'Ref' && !functions.has(name) && !name.startsWith('Fn::ForEach::'))
      this.unknown.push({ path: [...path], name });
    // Which way a condition goes decides whether there is a reference.
    if (!isSure) return;
    if (name === 'Ref' && typeof argument === 'string') this.referred.add(argument);
    if (name === 'Fn::GetAtt') {
      const [id] = typeof argument === 'string' ? argument.split('.') : list(argument);
      if (typeof id === 'string') this.referred.add(id);
    }
    if (name === 'Fn::Sub') {
      const [written, values] = Array.isArray(argument) ? argument : [argument, {}];
      for (const [, id = ''] of said(written).matchAll(/\$\{([^!}.$]+)(?:\.[^}$]*)?\}/g))
        if (!Object.hasOwn(asRecord(values), id.trim())) this.referred.add(id.trim());
    }
  }
}

const dependsOn = (template: Template, { path }: Declaration): readonly unknown[] => {
  const [section = '', id = ''] = path;
  const written = asRecord(asRecord(asRecord(template.document.tree)[section])[id]);
  return [written['DependsOn']].flat();
};

/** SAM makes other resources of those that are written. */
const isOfSam = ({ document: { tree } }: Template): boolean =>
  Object.values(asRecord(asRecord(tree)['Resources'])).some((one) =>
    text(asRecord(one)['Type'])?.startsWith('AWS::Serverless::'),
  );

const refusedInProperties = (template: Template): readonly RefusedPart[] => {
  const found: RefusedPart[] = [];
  const references = new Map<string, ReadonlySet<string>>();
  for (const declared of template.declarations.values()) {
    const walk = new Walk();
    walk.at(declared.properties, [...declared.path, 'Properties'], true);
    for (const { path, name } of walk.unknown)
      found.push({
        path,
        why: `CloudFormation has no function ${name}; ${didYouMean(name, [...functions], 'what it gives is taken for unknown')}`,
      });
    if (declared.condition !== undefined) continue;
    for (const one of dependsOn(template, declared))
      if (typeof one === 'string') walk.referred.add(one);
    references.set(declared.logicalId, walk.referred);
  }
  if (isOfSam(template)) return found;
  const circle = circleIn(references);
  const first = circle && template.declarations.get(circle[0]);
  if (circle && first)
    found.push({
      path: first.path,
      why: `CloudFormation does not make what refers back to itself: ${[...circle, circle[0]].join(' → ')}`,
    });
  return found;
};

/** `AWS::S3::Bucket`; what is no name of a type is none of somebody else's either. */
const typeName = /^[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}(?:::MODULE)?$/;

/** What the CDK writes of itself. */
const ofCdk = 'AWS::CDK::Metadata';

const refusedType = (type: string, every: Readonly<Record<string, string>>) => {
  if (/^Custom::/.test(type) || ofCdk === type || type.endsWith('::MODULE')) return undefined;
  const [owner = '', service = '', name = ''] = type.split('::');
  const named = namedIn(every, service)?.split(' ') ?? [];
  if (owner === 'AWS' && named.includes(name)) return undefined;
  const hint = didYouMean(name, named, '');
  if (!typeName.test(type))
    return { why: `${type} is no type of CloudFormation, as AWS::S3::Bucket is one` };
  if (owner !== 'AWS') {
    const isMeant = owner.toUpperCase() === 'AWS';
    return isMeant
      ? { why: `${type} is no type of CloudFormation: it begins with AWS::` }
      : undefined;
  }
  return hint === ''
    ? {
        why: `${type} is a type that is not known here, and is not evaluated`,
        mayBeNew: true as const,
      }
    : {
        why: `${type} is no type of CloudFormation; ${hint.replace('did you mean ', `did you mean AWS::${service}::`)}`,
      };
};

const refusedTypes = async ({ byType }: Template): Promise<readonly RefusedPart[]> => {
  const { everyType } = await import('../declared/every-type.generated.ts');
  return [...byType].flatMap(([type, declared]) => {
    const refused = refusedType(type, everyType);
    return refused ? declared.map(({ path }) => ({ ...refused, path: [...path, 'Type'] })) : [];
  });
};

/**
 * What stands beside the type of a resource.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
 */
const attributes: readonly string[] = [
  ...['Type', 'Properties', 'Metadata', 'Condition', 'DependsOn', 'Description', 'Version'],
  ...['CreationPolicy', 'DeletionPolicy', 'UpdatePolicy', 'UpdateReplacePolicy'],
];
/** SAM has more of them. */
const ofSam: readonly string[] = ['Connectors', 'IgnoreGlobals'];

const known: ReadonlySet<string> = new Set([...attributes, ...ofSam]);
/** What stands beside the type of a resource and is none of these. */
const unknownIn = (resource: Readonly<Record<string, unknown>>): readonly string[] =>
  resource['Type'] === undefined
    ? []
    : Object.keys(resource).filter((name) => !known.has(name) && !name.startsWith('Fn::'));

/** "Invalid template resource property": what is written there counts for nothing. */
const refusedAttributes = (template: Template): readonly RefusedPart[] =>
  Object.entries(asRecord(asRecord(template.document.tree)['Resources'])).flatMap(([id, one]) =>
    unknownIn(asRecord(one)).map((name): RefusedPart => {
      const hint = didYouMean(name, attributes, `allowed: ${attributes.join(', ')}`);
      return {
        path: ['Resources', id, name],
        why: `CloudFormation takes no ${name} of a resource; ${hint}`,
      };
    }),
  );

/** Every property of every type that the CDK has of CloudFormation's specification begins with a capital; CloudFormation heeds case. */
const refusedProperties = ({ declarations }: Template): readonly RefusedPart[] =>
  [...declarations.values()].flatMap(({ type, properties, path }) =>
    isEvaluated(type)
      ? Object.keys(asRecord(properties))
          .filter((name) => /^[a-z]/.test(name))
          .map((name) => ({
            path: [...path, 'Properties', name],
            why: `${type} has no property ${name}: their names begin with a capital`,
          }))
      : [],
  );
const evaluated: ReadonlySet<string> = new Set(declaredTypes.map(({ as }) => as));
const isEvaluated = (type: string): boolean => type.startsWith('AWS::') && evaluated.has(type);

const refusedShapes = ({ declarations }: Template): readonly RefusedPart[] =>
  [...declarations.values()].filter(hasNoMap).map(({ logicalId, properties, path }) => ({
    path: [...path, 'Properties'],
    why: `the Properties of ${logicalId} are ${Array.isArray(properties) ? 'a list' : 'a value'} and no map, which CloudFormation refuses: it is left unknown`,
  }));

/** "At least one Resources member must be defined" (ValidateTemplate). */
const refusedEmpty = ({ document }: Template): readonly RefusedPart[] =>
  Object.keys(asRecord(asRecord(document.tree)['Resources'])).length === 0
    ? [{ path: ['Resources'], why: 'CloudFormation takes no template without a resource' }]
    : [];

/** What CloudFormation does not take, whatever else it is; a macro can make anything of it. */
export const refusedParts = async (template: Template): Promise<readonly RefusedPart[]> =>
  macrosIn(asRecord(template.document.tree)['Transform']).length > 0
    ? []
    : [
        ...refusedEmpty(template),
        ...(template.refused ?? []),
        ...refusedAttributes(template),
        ...refusedShapes(template),
        ...refusedProperties(template),
        ...refusedInProperties(template),
        ...unresolvedNames(template),
        ...valuesOutside(template),
        ...(await refusedTypes(template)),
      ];
