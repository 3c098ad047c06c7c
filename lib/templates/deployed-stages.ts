import { isIntrinsic } from '../support/intrinsics.ts';
import { asRecord, list } from '../support/untyped.ts';
import { byTypeOf } from './by-type.ts';
import { conditionalItems, isNoValue, noValue } from './conditional-items.ts';
import { withOpenRest } from './resolution/hole.ts';
import type { Declaration, Template } from './template.ts';

const deployment = 'AWS::ApiGateway::Deployment';
/** What a description sets for every method. */
const ofAllMethods = ['CacheDataEncrypted', 'CachingEnabled', 'LoggingLevel'];

const settingsIn = (description: Readonly<Record<string, unknown>>): readonly unknown[] => {
  const shared = ofAllMethods.flatMap((name) =>
    description[name] === undefined ? [] : [[name, description[name]] as const],
  );
  const all = { ResourcePath: '/*', HttpMethod: '*', ...Object.fromEntries(shared) };
  return [
    ...(shared.length > 0 ? [all] : []),
    ...[description['MethodSettings'] ?? []].flat().flatMap(conditionalItems),
  ];
};

/** Of maps of which a condition chooses one each setting as the condition chooses it. */
const settingsOf = (tree: unknown): Readonly<Record<string, unknown>> => {
  const [condition, ...ways] = list(asRecord(tree)['Fn::If']);
  const each = ways.map((way) => (isNoValue(way) ? {} : settingsOf(way)));
  const names = [...new Set(each.flatMap((way) => Object.keys(way)))];
  if (condition === undefined) return asRecord(tree);
  return Object.fromEntries(
    names.map((name) => [
      name,
      { 'Fn::If': [condition, ...each.map((way) => way[name] ?? noValue)] },
    ]),
  );
};

/** What only a deployment resolves. */
const isFunction = (tree: unknown): boolean => Object.keys(Object(tree)).some(isIntrinsic);

const stageOf = (declared: Declaration): readonly Declaration[] => {
  const { RestApiId, StageName, StageDescription } = asRecord(declared.properties);
  if (StageName === undefined) return [];
  const named = { RestApiId, StageName };
  const description = settingsOf(StageDescription);
  const settings = description['MethodSettings'];
  const isOpen =
    isFunction(description) || (isFunction(settings) && conditionalItems(settings)[0] === settings);
  const MethodSettings = settingsIn(description);
  const properties = isOpen
    ? withOpenRest(named, declared.logicalId, 'what the deployment sets of its stage')
    : { ...description, ...named, ...(MethodSettings.length > 0 ? { MethodSettings } : {}) };
  return [{ ...declared, type: 'AWS::ApiGateway::Stage', properties }];
};

/**
 * The template with the stages that deployments of API Gateway make, by their `StageName`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html
 */
export const withDeployedStages = (template: Template): Template => {
  const made = (template.byType.get(deployment) ?? []).flatMap(stageOf);
  if (made.length === 0) return template;
  return { ...template, byType: byTypeOf([...template.declarations.values(), ...made]) };
};
