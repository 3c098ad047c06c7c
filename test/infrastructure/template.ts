import type { Template } from 'aws-cdk-lib/assertions';
import type { Grant } from '../../lib/infrastructure/permissions/permissions.ts';
import { isRecord } from '../../lib/support/untyped.ts';

/** A resource of the template; its references are written out, `<logical id>` and `<logical id.attribute>`. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties of any resource
  readonly properties: any;
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
};

const written = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(written);
  if (!isRecord(value)) return value;
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined, 'Fn::Sub': text } = value;
  if (typeof ref === 'string') return pseudo[ref] ?? `<${ref}>`;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  if (typeof text === 'string')
    return text.replace(/\$\{([^!}]+)\}/g, (_, name: string) => pseudo[name] ?? `<${name}>`);
  if (Array.isArray(joined)) {
    const [separator, parts] = joined;
    return [parts].flat().map(written).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner)]));
};

export const resourcesIn = (template: Template, type: string): readonly Resource[] =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => ({
    id,
    type,
    properties: written(Properties ?? {}),
  }));

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal?: unknown;
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const statementsIn = ({ properties }: Resource): readonly Statement[] =>
  properties.PolicyDocument.Statement.map((one: Record<string, string>) => ({
    effect: one['Effect'],
    actions: [one['Action']].flat(),
    resources: [one['Resource']].flat(),
    principal: one['Principal'],
    condition: one['Condition'],
  }));

/** The policies of roles, inline and managed. */
export const rolePoliciesIn = (template: Template): readonly Resource[] =>
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resourcesIn(template, type));

/** What the policies of a role say. */
export const statementsOf = (template: Template, role: string): readonly Statement[] =>
  rolePoliciesIn(template)
    .filter(({ properties }) =>
      (properties.Roles ?? []).some((one: string) =>
        new RegExp(`^<${role}[0-9A-F]{8}>$`).test(one),
      ),
    )
    .flatMap(statementsIn);

const everyPair = ({ actions, resources }: Pick<Statement, 'actions' | 'resources'>) =>
  actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`));

/** What grants allow, as "action resource", each once: two types of a service may be known by one form of an ARN. */
export const pairsOf = (grants: readonly Grant[]): readonly string[] => [
  ...new Set(grants.flatMap(everyPair)),
];

/** Everything that a role may do, as "action resource". */
export const allowedTo = (template: Template, role: string): readonly string[] =>
  statementsOf(template, role)
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(everyPair)
    .map((permission) => permission.replace(/[0-9A-F]{8}(?=[.>])/, ''))
    .sort();
