import { isDeepStrictEqual } from 'node:util';
import { someOf } from '../../support/some-of.ts';
import { said } from '../../support/untyped.ts';
import { Holed, oneOf, open, unsure } from '../resolution/hole.ts';
import { namePropertyOf } from '../resolution/identities.ts';
import { Made } from './mapping.ts';
import { mayRefer } from './naming.ts';
import type { Plan, Planned } from './plan.ts';
import { policyDocumentOf } from './policy-document.ts';
import { isNowhere, longest, type Origin, type Origins, standingOf } from './references.ts';
import { nothing, type Surroundings } from './source/evaluate.ts';
import { isDynamic, type Sources } from './source/sources.ts';
import { createWritten, textsAt } from './source/written.ts';
import { mappingOf } from './types/index.ts';
import { isExpression, type Opener, referencesIn, View } from './view.ts';
import { isInOpenBlock } from './written-blocks.ts';

const wantsArn = ({ path }: View): boolean =>
  path.some((step) => typeof step === 'string' && /(?:^|_)arns?$/.test(step));

type Referred = Extract<Origin, { readonly resource: unknown }>;

/** What gives an attribute of a resource that the plan makes, as CloudFormation refers to it. */
const markerOf = (
  { address, type }: Planned,
  attribute: string | undefined,
  view: View,
): unknown => {
  const mapping = mappingOf(type);
  const isDeclared = mapping?.declares.some(({ of }) => of === undefined) === true;
  const names = mapping?.names ?? ['id', 'name'];
  const wanted = attribute ?? (wantsArn(view) ? 'arn' : (names[0] ?? 'id'));
  if (isDeclared && (mapping.arns ?? ['arn']).includes(wanted))
    return { 'Fn::GetAtt': [address, 'Arn'] };
  if (isDeclared && names.includes(wanted)) return { Ref: address };
  return open(`${address}.${wanted}`, `${address}.${wanted}, which is known after it is applied`);
};

/** What is set of a bucket has its id; people ask for that so that it is made before. */
const sameAs = ({ type }: Planned, attribute = 'id'): string | undefined =>
  /^aws_s3_bucket_\w+$/.test(type) && ['id', 'bucket'].includes(attribute) ? 'bucket' : undefined;

const isOfAws = ({ type }: Planned): boolean => /^aws(?:cc)?_/.test(type);

const isOfDocument = ({ mode, type }: Planned, attribute: string | undefined): boolean =>
  mode === 'data' &&
  type === 'aws_iam_policy_document' &&
  (attribute === undefined || attribute === 'json' || attribute === 'minified_json');

const whyOf = (origin: Origin): string =>
  'open' in origin
    ? origin.open
    : [origin.resource.address, origin.attribute].filter((one) => one !== undefined).join('.');

/** Texts that are put together of names: which part is which a plan does not say. */
const isPutTogether = ({ path }: View): boolean =>
  path.includes('resources') || path.includes('not_resources');

/** The attribute that names the resource itself. */
const isOwnName = ({ resource, path }: View): boolean =>
  path.length === 1 &&
  mappingOf(resource.type)?.declares.some(({ as, of, properties }) => {
    const name = namePropertyOf(as);
    if (of || name === undefined || typeof properties === 'function') return false;
    const spec = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return (spec instanceof Made ? spec.attribute : spec) === path[0];
  }) === true;

/** Two names with one generated part are two: a name is told apart by whose it is, and no other name may be it. */
const ownName = ({ name }: View) => open(name, `${name}, which is known after it is applied`);

const hole: Surroundings['hole'] = (reference, { module, index }, of) => {
  const at = /^(?:each|count)\b/.test(reference) ? `[${index}]` : '';
  const name = [module.address, reference].filter((one) => one !== '').join('.') + at;
  const id = of === undefined ? name : `${name} ${JSON.stringify(of)}`;
  return open(id, `${name}, which the plan does not show`, true);
};

/** What an unknown value is, by what it is written with: a reference where it comes from one thing alone. */
export const createOpener = (origins: Origins, plan: Plan, sources: Sources): Opener => {
  // Where all that is written is known, a plan leaves open only what the provider makes because nobody sets it.
  const isLeftOut = (view: View): boolean => {
    const placed = sources.only(view.resource);
    const texts = placed && textsAt(placed, view.path);
    const standing = standingOf(view.resource);
    return texts?.every((text) => origins.knows(text, standing)) === true;
  };
  const opener: Opener = {
    open(view) {
      const { expression, resource } = view;
      if (resource.expressions === undefined)
        return isOwnName(view) ? ownName(view) : view.hole('is known after it is applied');
      if (expression === undefined) return isLeftOut(view) ? undefined : unwritten(view, sources);
      if (isExpression(expression) && Object.hasOwn(expression, 'constant_value'))
        return expression['constant_value'] ?? undefined;
      return (
        written.valueOf(view) ??
        (isOwnName(view)
          ? ownName(view)
          : (written.partsOf(view) ??
            (isUnset(view) ? undefined : referred(view, origins, opener, isMadeOf(view)))))
      );
    },
    whole: (view) => written.valueOf(view),
  };
  const isUnset = (view: View): boolean => {
    const standing = standingOf(view.resource);
    if (origins.isNull(view.expression, standing)) return true;
    return origins.of(view.expression, standing).length === 0 && isLeftOut(view);
  };
  /** Whether its source makes it of references, so that it is none itself. */
  const isMadeOf = (view: View): boolean => {
    const text = written.textOf(view);
    return text !== undefined && !origins.chooses(text, standingOf(view.resource));
  };
  const attribute = (planned: Planned, name: string): unknown => {
    const view = new View(planned, opener).step(name);
    if (view.unknown !== true) return view.tree() ?? nothing;
    if (isOfDocument(planned, name)) return policyDocumentOf(planned, opener);
    return planned.mode === 'managed' ? madeBy(planned, name, view, opener) : nothing;
  };
  const written = createWritten({ plan, sources, attribute, hole });
  return opener;
};

/** Nothing is written for it, unless a `dynamic` block may make it: without its source only some blocks show that. */
const unwritten = (view: View, sources: Sources): unknown => {
  const placed = sources.allOf(view.resource);
  const why = 'is known after it is applied';
  const isOpen =
    placed?.some(({ block }) => isDynamic(block, view.path)) ||
    isInOpenBlock(view.resource, view.path);
  // The block may be missing.
  if (isOpen && !view.isRepeated) return unsure(view.name, `${view.name}, which ${why}`);
  // Of all tags the provider sets some, which are written with the provider.
  const isOfProvider = view.path[0] === 'tags_all' && view.path.length > 1;
  return isOfProvider || view.isRepeated ? view.hole(why) : undefined;
};

const madeBy = (
  source: Planned,
  attribute: string | undefined,
  view: View,
  opener: Opener,
): unknown => {
  const same = sameAs(source, attribute);
  return same === undefined
    ? markerOf(source, attribute, view)
    : new View(source, opener).get(same).tree();
};

/** Whether a value can be a reference itself. Maps of tags and roles have keys that people choose. */
const namesAnother = (view: View): boolean =>
  /^(?:roles|tags|tags_all)$/.test(said(view.path[0])) || mayRefer(nameOf(view));

/** What names something else is no policy. */
const isPartOfPolicy = (view: View, attribute: string | undefined): boolean =>
  /^(?:policy|policy_document|assume_role_policy|access_policies)$/.test(nameOf(view)) &&
  /^(?:arn|id|name)$/.test(attribute ?? '');

/** A principal is named by an ARN, not by the name of what a plan makes. */
const isNoPrincipal = (view: View, { resource, attribute }: Referred): boolean =>
  /^(?:principal|identifiers)$/.test(nameOf(view)) &&
  /^(?:id|name)$/.test(attribute ?? 'id') &&
  mappingOf(resource.type) !== undefined;

const whyFrom = (origins: readonly Origin[]): string => {
  const whys = someOf([...new Set(origins.map(whyOf))]);
  return whys === ''
    ? 'is known after it is applied'
    : `depends on ${whys}: it is known after it is applied`;
};

const referred = (view: View, lookup: Origins, opener: Opener, isMadeOf: boolean): unknown => {
  const origins = lookup.of(view.expression, standingOf(view.resource));
  const [only, ...more] = origins;
  if (isMadeOf) return unsure(view.name, `${view.name}, which ${whyFrom(origins)}`);
  if (!namesAnother(view)) return view.hole(whyFrom(origins));
  const isOne = more.length === 0 && !(isList(view) && hasKnown(origins, view));
  if (only && isOne && 'resource' in only && !isPutTogether(view)) {
    const { resource: source, attribute } = only;
    if (isOfDocument(source, attribute)) return policyDocumentOf(source, opener);
    // A generated word is most often a part of a text, as an ARN is of a policy, and a plan does not say of which.
    const isNo = isPartOfPolicy(view, attribute) || isNoPrincipal(view, only);
    if (source.mode === 'managed' && isOfAws(source) && !isNo)
      return madeBy(source, attribute, view, opener);
  }
  const all =
    nowhere(view) ??
    instancesOf(origins, view) ??
    listedIn(origins, view) ??
    bucketOf(origins, view, opener);
  if (all) return all;
  const why = whyFrom(origins);
  const among = amongOf(origins, view);
  return among ? oneOf(view.name, `${view.name}, which ${why}`, among) : view.hole(why);
};

/** What only something that the plan does not have gives: that is none of what it has. */
const nowhere = (view: View): unknown => {
  const [only, ...more] = longest(referencesIn(view.expression));
  if (only === undefined || more.length > 0 || isPutTogether(view)) return undefined;
  const { module } = view.resource;
  if (!isNowhere(only, module)) return undefined;
  const name = [module.address, only].filter((one) => one !== '').join('.');
  return new Holed([{ id: name, why: `${name}, which is not in the plan`, isElsewhere: true }]);
};

/**
 * The bucket that several references lead to. Modules choose among the parts of one bucket, so that a part is made before another:
 * what is open beside the references is that choice.
 */
const bucketOf = (origins: readonly Origin[], view: View, opener: Opener): unknown => {
  if (sameAs(view.resource) !== view.path.join('.')) return undefined;
  const known = origins.flatMap((one) => ('resource' in one ? [one] : []));
  const [first, ...more] = known.map((one) => madeBy(one.resource, one.attribute, view, opener));
  const isOne = more.length > 0 && more.every((one) => isDeepStrictEqual(one, first));
  return isOne && !(first instanceof Holed) ? first : undefined;
};

const nameOf = (view: View): string => said(view.path.findLast((step) => typeof step === 'string'));
const isList = (view: View): boolean => /(?:s|vpc_zone_identifier)$/.test(nameOf(view));

/** What `count > 0 ? a.id : b.id` can be: an id is put together of nothing. */
const amongOf = (origins: readonly Origin[], view: View): readonly unknown[] | undefined =>
  /_ids?$/.test(nameOf(view)) ? idsOf(origins, view) : undefined;

/** Ids of several resources, where it comes from nothing else. */
const idsOf = (origins: readonly Origin[], view: View): readonly unknown[] | undefined => {
  const markers = origins.flatMap((one) => {
    if (!('resource' in one) || one.attribute !== 'id' || one.resource.mode !== 'managed')
      return [];
    const marker = markerOf(one.resource, 'id', view);
    return marker instanceof Holed ? [] : [marker];
  });
  return markers.length > 1 && markers.length === origins.length ? markers : undefined;
};
/** A list can have in it what is known as well, of which the plan does not say where it comes from. */
const hasKnown = (origins: readonly Origin[], view: View): boolean =>
  longest(referencesIn(view.expression)).length > origins.length;
/** `[a.id, b.id]`: what chooses among ids is a reference too, as of a variable or another attribute. */
const listedIn = (origins: readonly Origin[], view: View): readonly unknown[] | undefined => {
  const isOfIds = longest(referencesIn(view.expression)).every((one) =>
    /^[a-z]\w*\.[\w-]+(?:\[(?:\d+|"[^"]*")\])?\.id$/.test(one),
  );
  return isList(view) && isOfIds && !hasKnown(origins, view) ? idsOf(origins, view) : undefined;
};

/** All instances of one resource, where a list is asked for. */
const instancesOf = (origins: readonly Origin[], view: View): unknown => {
  const all = origins.flatMap((one) =>
    'resource' in one && one.resource.mode === 'managed' && one.attribute === undefined
      ? [one.resource]
      : [],
  );
  const [first] = all;
  const isOne = all.every(({ type, name, module }) =>
    first ? type === first.type && name === first.name && module === first.module : false,
  );
  if (all.length < 2 || all.length !== origins.length || !isOne) return undefined;
  return isList(view) ? all.map((one) => markerOf(one, undefined, view)) : undefined;
};
