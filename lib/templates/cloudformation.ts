import { namedIn } from '../support/named-in.ts';
import { plural } from '../support/plural.ts';
import { asRecord, said } from '../support/untyped.ts';
import { UserError } from '../support/user-error.ts';
import { byTypeOf } from './by-type.ts';
import { withCdkResources } from './cdk-resources.ts';
import { withDeployedStages } from './deployed-stages.ts';
import type { Document, Path } from './document/document.ts';
import { plainly } from './document/plainly.ts';
import {
  type Loops,
  LoopsTooLarge,
  loopPrefix,
  roomForLoops,
  withoutInnerLoops,
  withoutLoops,
} from './for-each.ts';
import { LikeDefault } from './resolution/parameters.ts';
import { isServerless, withoutServerless } from './serverless.ts';
import {
  type Declaration,
  type Deployment,
  declarationOf,
  macro,
  type Template,
} from './template.ts';

/** A key as most write it, also with a comment before its colon. */
const resourcesKey = /["']?Resources["']?(?:\s|#[^\n]*\n){0,200}:/;
/** A key that stands elsewhere, or over several lines. */
const unusualKey = /(?:^|[{,\s])\*[\w-]+\s*:|^[ \t]*\?(?:\s|$)/m;

/** Cheap, for the files of a folder: whether a text can be a template at all. */
export const looksLikeTemplate = (text: string): boolean =>
  /AWS::|Custom::|::MODULE/.test(text) &&
  (resourcesKey.test(text) || (text.includes('Resources') && unusualKey.test(text)));

/** A document without a word that makes it a template. */
export class NoTemplate extends UserError {}

const mostResources = 20_000;

/** What a document without a mapping of resources is instead, or what it lacks. */
const whyNoTemplate = (tree: unknown): string => {
  const names = (...keys: readonly string[]): boolean =>
    keys.every((key) => Object.hasOwn(asRecord(tree), key));
  if (names('terraform_version'))
    return `this is ${names('lineage') ? 'a state of Terraform, and no plan' : 'no plan as JSON'}: write one with terraform show -json tfplan > tfplan.json`;
  if (names('service', 'provider'))
    return 'this is a configuration of the Serverless Framework, and no template: run serverless package, and check what it writes to .serverless';
  return 'this is no template: it has no mapping of Resources';
};
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const ofTemplates = ['Resources', 'AWSTemplateFormatVersion', 'Transform', 'Parameters', macro];
const saysTemplate = (tree: unknown): boolean =>
  [...ofTemplates, 'terraform_version', 'provider'].some((key) =>
    Object.hasOwn(asRecord(tree), key),
  );

const checkParameters = (
  document: Document,
  parameters: Readonly<Record<string, unknown>>,
): void => {
  for (const [name, one] of Object.entries(parameters))
    if (typeof one !== 'object' || one === null) {
      const { line, column } = document.rangeOf(['Parameters', name]);
      throw new UserError(
        `${document.file}:${line}:${column}: the parameter ${name} is no mapping`,
      );
    }
};

/**
 * Transforms whose effect is known: what others make of a template nobody can say. `AWS::Include` puts a file of a bucket into it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-include.html
 */
const knownTransforms = /^AWS::(?:Serverless-|LanguageExtensions|CodeDeployBlueGreen)/;

/** The macros which can change what is declared. */
export const macrosIn = (transform: unknown): readonly string[] =>
  [transform]
    .flat()
    .map((one: unknown) => (typeof one === 'string' ? one : asRecord(one)['Name']))
    .filter((name): name is string => typeof name === 'string' && !knownTransforms.test(name));

/** Whether a macro makes a part of it. */
const holdsMacro = (tree: unknown): boolean =>
  typeof tree === 'object' &&
  tree !== null &&
  (Object.hasOwn(tree, macro) || Object.values(tree).some(holdsMacro));

const valueGiven = (given: unknown): unknown =>
  given instanceof LikeDefault ? given.value : given;
/** Texts that a loop goes over; `undefined` where only the deployment knows them. */
const itemsIn =
  (parameters: Readonly<Record<string, unknown>>, given: Deployment['parameters']) =>
  (collection: unknown): readonly string[] | undefined => {
    const name = asRecord(collection)['Ref'];
    const value =
      typeof name === 'string'
        ? (valueGiven(namedIn(given, name)) ?? asRecord(namedIn(parameters, name))['Default'])
        : collection;
    if (typeof value === 'string') return value.split(',').map((one) => one.trim());
    return Array.isArray(value) &&
      value.every((one) => typeof one === 'string' || typeof one === 'number')
      ? value.map(said)
      : undefined;
  };

/** What is written in a template and cannot be evaluated. */
export type Tell = (path: Path, why: string) => void;

const whyNone = (logicalId: string, one: unknown): string => {
  if (logicalId === macro) return `${macro} adds what only the deployment knows`;
  return Object.hasOwn(asRecord(one), macro)
    ? `${logicalId} is made by ${macro}, which only the deployment can resolve`
    : `${logicalId} has no Type`;
};

/** Tells of a loop that is left. */
const untold = (section: string, tell: Tell) => (name: string) =>
  tell([section, name], `${name} goes over what only the deployment knows, and is not evaluated`);

const declarationsIn = (
  resources: object,
  loops: Loops,
  inner: (tree: unknown) => unknown,
  tell: Tell,
): Map<string, Declaration> => {
  const declarations = new Map<string, Declaration>();
  // What makes something that another one makes: it is told once.
  const repeating = new Set<string>();
  for (const [logicalId, one, written] of withoutLoops(
    Object.entries(resources),
    loops,
    untold('Resources', tell),
  )) {
    const declared = declarationOf(logicalId, inner(one));
    if (declarations.has(logicalId) && !repeating.has(written)) {
      repeating.add(written);
      tell(['Resources', written], `${logicalId} is made more than once, and evaluated once`);
    }
    if (declared) declarations.set(logicalId, { ...declared, path: ['Resources', written] });
    else tell(['Resources', written], `${whyNone(logicalId, one)}, and is not evaluated`);
  }
  return declarations;
};

/** Cheap: whether a text can have a loop, also by a key that is written with escapes. */
const mayLoop = (text: string): boolean =>
  text.includes(loopPrefix) ||
  (/\\(?:[uUx]|\r?\n)/.test(text) && plainly(text).includes(loopPrefix));

const unlessTooLarge = <T>(work: () => T, fail: (why: string) => never): T => {
  try {
    return work();
  } catch (error) {
    if (error instanceof LoopsTooLarge)
      return fail('its loops (Fn::ForEach) make more than a million values');
    throw error;
  }
};

/** What a document declares. Throws a sentence with file and line for what is no template. */
export const templateOf = (
  document: Document,
  deployment: Deployment,
  say: Tell = () => undefined,
): Template => {
  let unread = 0;
  const tell: Tell = (...told) => {
    unread++;
    say(...told);
  };
  const { Resources, Parameters, Conditions, Mappings, Transform, Globals } = asRecord(
    document.tree,
  );
  const fail = (at: string, why: string): never => {
    const { line, column } = document.rangeOf([at]);
    const Refusal = saysTemplate(document.tree) ? UserError : NoTemplate;
    throw new Refusal(`${document.file}:${line}:${column}: ${why}`);
  };
  if (typeof Resources !== 'object' || Resources === null || Array.isArray(Resources))
    return fail('Resources', whyNoTemplate(document.tree));
  const refuseTooMany = (count: number): void => {
    if (count > mostResources)
      fail('Resources', `it has ${plural(count, 'resource')}; at most ${mostResources} are read`);
  };
  refuseTooMany(Object.keys(Resources).length);
  const parameters = asRecord(Parameters);
  checkParameters(document, parameters);
  if (Object.hasOwn(asRecord(document.tree), macro))
    tell([macro], `${macro} can change what is declared: that is not evaluated`);
  // In resources it is told where it stands, or leaves open what is in it.
  for (const [section, tree] of Object.entries({ Parameters, Mappings, Conditions, Globals }))
    if (holdsMacro(tree))
      tell([section], `${macro} can change what ${section} say: that is not evaluated`);
  for (const one of macrosIn(Transform))
    tell(['Transform'], `the macro ${one} can change what is declared: that is not evaluated`);
  const loops: Loops = {
    itemsOf: itemsIn(parameters, deployment.parameters),
    room: roomForLoops(),
  };
  const inner = mayLoop(document.text)
    ? (tree: unknown) => withoutInnerLoops(tree, loops)
    : (tree: unknown) => tree;
  const writtenOut = () => ({
    declarations: declarationsIn(Resources, loops, inner, tell),
    conditions: withoutLoops(
      Object.entries(asRecord(Conditions)),
      loops,
      untold('Conditions', tell),
    ),
  });
  const { declarations, conditions } = unlessTooLarge(writtenOut, (why) => fail('Resources', why));
  refuseTooMany(declarations.size);
  const template: Template = {
    document,
    deployment,
    parameters,
    conditions: Object.fromEntries(conditions),
    mappings: asRecord(Mappings),
    declarations,
    byType: byTypeOf(declarations.values()),
    unread,
  };
  const whole = isServerless(Transform, template)
    ? withoutServerless(template, asRecord(Globals))
    : template;
  return withDeployedStages(withCdkResources(whole));
};
