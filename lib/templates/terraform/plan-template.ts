import { kept } from '../../support/once.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { byTypeOf } from '../by-type.ts';
import type { Document, Path } from '../document/document.ts';
import type { Named } from '../edit/named-parts.ts';
import { givenArn, givenId } from '../resolution/identities.ts';
import { World } from '../resolution/world.ts';
import { Stack } from '../stack.ts';
import type { Declaration, Deployment, Template, Written } from '../template.ts';
import { keyOf, type Shaped, type Source, shaped } from './declared.ts';
import { createOpener } from './opening.ts';
import { type Whole, withParts } from './owners.ts';
import { createPlaces, type ProviderPlace } from './places.ts';
import { type Module, ownPath, type Plan, type Planned, planOf } from './plan.ts';
import { proposalFor } from './proposing/propose.ts';
import { createOrigins } from './references.ts';
import { type Names, namesOf, onlyNamed, withoutSharedNames } from './shared-names.ts';
import { blockOf, noSources, type Sources, sourcesBeside, writtenIn } from './source/sources.ts';
import { mappingOf } from './types/index.ts';
import { type Opener, View } from './view.ts';

type Tell = (why: string) => void;

/** Ids and ARNs that AWS has given already. */
const givenTo = (view: View): Readonly<Record<string, unknown>> => {
  const { id } = mappingOf(view.resource.type) ?? {};
  const of = (name: string | undefined): unknown => {
    const given =
      name === undefined || view.resource.unknown[name] === true ? '' : view.get(name).tree();
    return typeof given === 'string' ? given : undefined;
  };
  const [ownId, arn] = [of(id), of('arn')];
  return {
    ...(ownId === undefined || ownId === '' ? {} : { [givenId]: ownId }),
    ...(arn === undefined || arn === '' ? {} : { [givenArn]: arn }),
  };
};

const wholeOf = (shape: Shaped, view: View, number: number): Whole => {
  const { resource, declares, properties, sources } = shape;
  const isMain = declares === mappingOf(resource.type)?.declares[0] && declares.each === undefined;
  return {
    // Others of what it declares are told apart by their number.
    address: number === 0 ? resource.address : `${resource.address} (${number + 1})`,
    type: declares.as,
    main: shape,
    properties: isMain ? { ...properties, ...givenTo(view) } : properties,
    sources: new Map(sources),
    shapes: [shape],
  };
};

interface Shapes {
  readonly wholes: readonly Whole[];
  readonly parts: readonly (readonly [Shaped, unknown])[];
}
const shapesIn = (planned: readonly Planned[], opener: Opener): Shapes => {
  const wholes: Whole[] = [];
  const parts: (readonly [Shaped, unknown])[] = [];
  for (const resource of planned) {
    const mapping = resource.mode === 'managed' ? mappingOf(resource.type) : undefined;
    const view = new View(resource, opener);
    let number = 0;
    for (const declares of mapping?.declares ?? [])
      for (const shape of shaped(declares, view)) {
        if (declares.of) parts.push([shape, view.get(declares.of.by).tree()]);
        else {
          wholes.push(wholeOf(shape, view, number));
          number += 1;
        }
      }
  }
  return { wholes, parts };
};

/** What a policy is of, by its address; by its name or ARN where another plan makes it. */
const ofWhat = ({ properties }: Whole, byName: Names): string | undefined => {
  const [owner] = [Object.values(properties)[0]].flat();
  const { Ref, 'Fn::GetAtt': attribute } = asRecord(owner);
  if (typeof owner !== 'string') return text(Ref) ?? text(list(attribute)[0]);
  const found = owners.map((type) => onlyNamed(byName, `${type}\n${owner}`));
  return found.find((one) => one !== undefined) ?? owner;
};
const owners = [
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];
/** A policy that a resource shows of itself, by the type of one that is declared apart. */
const apartOf: Readonly<Record<string, string>> = {
  'AWS::SNS::TopicInlinePolicy': 'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueueInlinePolicy': 'AWS::SQS::QueuePolicy',
};

/** The policy that a resource shows of itself and one that is declared apart are the same. */
const withoutRepeated = (wholes: readonly Whole[], byName: Names): readonly Whole[] => {
  const isShown = ({ main }: Whole): boolean => main.declares.when !== undefined;
  const apart = new Set(
    wholes.filter((one) => !isShown(one)).map((one) => `${one.type}\n${ofWhat(one, byName)}`),
  );
  return wholes.filter(
    (one) =>
      !isShown(one) || !apart.has(`${apartOf[one.type] ?? one.type}\n${ofWhat(one, byName)}`),
  );
};

const declarationOf = (
  { address, type, properties, isPart }: Whole,
  place: ProviderPlace,
): Declaration => ({
  logicalId: address,
  type,
  properties,
  condition: undefined,
  path: ['planned_values', address],
  metadata: {},
  place,
  ...(isPart ? { isPart } : {}),
});

/** Where the addresses of a plan stand in its text: they are looked up once, for all of them. */
const offsetsIn = (text: string): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const { 1: quoted = '', index } of text.matchAll(/"address"\s*:\s*("(?:[^"\\]|\\.)*")/g)) {
    const address: unknown = JSON.parse(quoted);
    if (!found.has(String(address))) found.set(String(address), index);
  }
  return found;
};

/** The longest of what leads to a property that has a source. */
const sourceOf = (sources: ReadonlyMap<string, Source>, path: Path): Source | undefined => {
  for (let length = path.length; length > 0; length -= 1) {
    const found = sources.get(keyOf(path.slice(0, length)));
    if (found) return { ...found, path: [...found.path, ...path.slice(length)] };
  }
  return undefined;
};

type Places = Required<Pick<Template, 'writtenAt' | 'blocksOf'>>;

type PlaceOf = (resource: Planned | undefined, path: Path, address?: string) => Written;

/** Where a resource is written: in the sources, where they lie beside the plan; else where the plan has its address. */
const placing = (document: Document, sources: Sources): PlaceOf => {
  const offsets = kept(() => offsetsIn(document.text));
  return (resource, path, address = resource?.address ?? '') => {
    const block = resource && sources.resource(resource);
    if (block) return writtenIn(block, path);
    const range = document.rangeFrom(offsets().get(address) ?? 0);
    return { file: document.file, text: undefined, lines: undefined, range };
  };
};

const placesIn = (
  byAddress: ReadonlyMap<string, Whole>,
  sources: Sources,
  placeOf: PlaceOf,
): Places => ({
  writtenAt({ logicalId }, path): Written {
    const whole = byAddress.get(logicalId);
    const source = whole && sourceOf(whole.sources, path);
    const resource = source?.resource ?? whole?.main.resource;
    return placeOf(resource, source?.path ?? [], resource?.address ?? logicalId);
  },
  blocksOf({ logicalId }): readonly Written[] {
    const whole = byAddress.get(logicalId);
    if (!whole || !sources.hasExemptions) return [];
    const resources = new Set([
      whole.main.resource,
      ...[...whole.sources.values()].map(({ resource }) => resource),
    ]);
    const calls: Module[] = [];
    for (let at = whole.main.resource.module; at.parent; at = at.parent) calls.push(at);
    const blocks = [...[...resources].map(sources.resource), ...calls.map(sources.call)];
    return blocks.flatMap((one) => (one ? [blockOf(one)] : []));
  },
});

/** What is written for what only this reading of a plan gives: ARNs, names that applying tells, the account. */
const namesFor = (
  template: Template,
  wholes: readonly Whole[],
  isAccountKnown: boolean,
): readonly Named[] => {
  const stack = new Stack(template, new World());
  const found = wholes.flatMap((whole): readonly Named[] => {
    const declared = template.declarations.get(whole.address);
    const { resource, declares } = whole.main;
    if (!declared || declares.of || whole.address !== resource.address) return [];
    const { arn, physicalId } = stack.resource(declared);
    const [id = 'id'] = mappingOf(resource.type)?.names ?? [];
    const own = ownPath(resource);
    return [
      [arn, `${own}.arn`],
      ...(physicalId.includes('<') ? [[physicalId, `${own}.${id}`] satisfies Named] : []),
    ];
  });
  const account: Named = [
    template.deployment.account,
    'data.aws_caller_identity.current.account_id',
  ];
  return [...found, ...(isAccountKnown ? [] : [account])].toSorted(
    ([a], [b]) => b.length - a.length,
  );
};

/**
 * What a plan of Terraform declares. Throws a sentence for a document that is none.
 * @param path of the plan, beside which its sources may lie
 */
export const planTemplateOf = async (
  document: Document,
  deployment: Deployment,
  tell: Tell,
  path?: string,
): Promise<Template> => {
  const plan = planOf(document.tree, document.file);
  for (const why of plan.gaps) tell(why);
  const sources = path === undefined ? noSources : await sourcesBeside(path, plan.modules.values());
  return templateOfPlan(plan, document, deployment, sources);
};

const templateOfPlan = (
  plan: Plan,
  document: Document,
  deployment: Deployment,
  sources: Sources,
): Template => {
  const origins = createOrigins(plan, sources.local);
  const opener = createOpener(origins, plan, sources);
  const { wholes, parts } = shapesIn(plan.planned, opener);
  const byName = namesOf(wholes);
  const own = withoutRepeated(wholes, byName);
  const places = createPlaces(plan);
  const all = withParts(own, parts, { byName, placeOf: places.of });
  withoutSharedNames(all, byName, places.of);
  const placed: Deployment = { ...deployment, ...places.whole };
  const declarations = new Map(
    all.map((one) => [one.address, declarationOf(one, places.of(one.main.resource))]),
  );
  const byAddress = new Map(all.map((one) => [one.address, one]));
  const writtenOf = placing(document, sources);
  const names = kept(() => namesFor(template, all, places.whole.account !== undefined));
  const template: Template = {
    document,
    deployment: placed,
    parameters: {},
    conditions: {},
    mappings: {},
    declarations,
    byType: byTypeOf(declarations.values()),
    size: plan.planned.filter(({ mode }) => mode === 'managed').length,
    passedOver: plan.planned
      .filter(({ mode, type }) => mode === 'managed' && !mappingOf(type))
      .map(({ type }) => type),
    unread: plan.gaps.length,
    ...placesIn(byAddress, sources, writtenOf),
    proposalFor: (edits) =>
      proposalFor(edits, {
        plan,
        tree: document.tree,
        wholes: byAddress,
        viewOf: (resource) => new View(resource, opener),
        names: names(),
        placeOf: writtenOf,
      }),
  };
  return template;
};
