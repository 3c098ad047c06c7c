import { quotas } from '../../infrastructure/quotas.ts';
import { queuePolicyFaults } from './queue-policy-quotas.ts';
import type { Template } from './stack-template.ts';
import { type Deployed, resourcesOf } from './stack-values.ts';

// How long a name that CloudFormation makes up can be: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
// and each service's own limit.
const longestNames: Readonly<Record<string, number>> = {
  'AWS::Events::Rule': 64,
  'AWS::IAM::Role': 64,
  'AWS::Lambda::Function': 64,
  'AWS::S3::Bucket': 63,
  'AWS::SQS::Queue': 80,
};
const place = { account: '123456789012', region: 'us-east-1' };

/** What `Ref` gives, as long as it can be: the stack is not there yet. */
const physicalId = (stackName: string, id: string, type: string): string => {
  const name = `${stackName}-${id}-${'X'.repeat(13)}`.slice(0, longestNames[type] ?? 255);
  const { account, region } = place;
  if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return type === 'AWS::SNS::Topic' ? `arn:aws:sns:${region}:${account}:${name}` : name;
};

const imagined = (template: Template, stackName: string): Deployed => ({
  template,
  physicalIds: new Map(
    Object.entries(template.Resources).map(([id, { Type }]) => [
      id,
      physicalId(stackName, id, Type),
    ]),
  ),
  // As long as the id of a stack.
  parameters: Object.fromEntries(
    Object.keys(template.Parameters ?? {}).map((name) => [name, 'X'.repeat(128)]),
  ),
  ...place,
  stackName,
});

type Count = readonly [what: string, count: number, limit: number];
type Properties = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const lengthOf = (value: unknown): number => JSON.stringify(value ?? {}).length;
/** IAM counts no white space, which texts in a policy have as well. */
const darkLengthOf = (value: unknown): number =>
  JSON.stringify(value ?? {}).replace(/\s/g, '').length;

const wholeCounts = (template: Template, bytes: number): readonly Count[] => {
  const { resources, outputs, parameters, mappings, namesOfAMapping, templateBytes } =
    quotas.cloudFormation;
  const entries = (part: object | undefined) => Object.keys(part ?? {}).length;
  const rules = Object.values(template.Resources).filter(
    ({ Type }) => Type === 'AWS::Events::Rule',
  ).length;
  return [
    ['the template: bytes', bytes, templateBytes],
    ['the template: resources', entries(template.Resources), resources],
    ['the template: outputs', entries(template.Outputs), outputs],
    ['the template: parameters', entries(template.Parameters), parameters],
    ['the template: mappings', entries(template.Mappings), mappings],
    ...Object.entries(template.Mappings ?? {}).map(
      ([name, names]): Count => [
        `the template: names of the mapping ${name}`,
        entries(Object(names)),
        namesOfAMapping,
      ],
    ),
    ['the template: rules', rules, quotas.eventBridge.rulesOfABus],
  ];
};

/** Of each resource by itself. */
const countsOf: Readonly<Record<string, (properties: Properties) => readonly Count[]>> = {
  'AWS::CloudWatch::Alarm': ({ Metrics }) => [
    [
      'metrics',
      list(Metrics).filter((each) => Object.hasOwn(Object(each), 'MetricStat')).length,
      quotas.cloudWatch.metricsOfAnAlarm,
    ],
  ],
  'AWS::DynamoDB::Table': ({ GlobalSecondaryIndexes }) => [
    ['indexes', list(GlobalSecondaryIndexes).length, quotas.dynamodb.indexesOfATable],
  ],
  'AWS::Events::EventBus': ({ Policy }) => [
    ['characters of its policy', lengthOf(Policy), quotas.eventBridge.policyCharacters],
  ],
  'AWS::Events::Rule': ({ EventPattern, Targets }) => [
    ['characters of its pattern', lengthOf(EventPattern), quotas.eventBridge.patternCharacters],
    ['targets', list(Targets).length, quotas.eventBridge.targetsOfARule],
  ],
  'AWS::IAM::ManagedPolicy': ({ PolicyDocument }) => [
    ['characters', darkLengthOf(PolicyDocument), quotas.iam.managedPolicyCharacters],
  ],
  'AWS::IAM::Role': ({ AssumeRolePolicyDocument, Description }) => [
    [
      'characters of its trust policy',
      darkLengthOf(AssumeRolePolicyDocument),
      quotas.iam.trustPolicyCharacters,
    ],
    [
      'characters of its description',
      String(Description ?? '').length,
      quotas.iam.roleDescriptionCharacters,
    ],
  ],
  'AWS::Lambda::Function': ({ Environment }) => [
    [
      'bytes of environment',
      lengthOf(Object(Environment)['Variables']),
      quotas.lambda.environmentBytes,
    ],
  ],
  'AWS::SSM::Document': ({ Content }) => [
    ['bytes', Buffer.byteLength(JSON.stringify(Content)), quotas.ssm.documentBytes],
  ],
};

/** What is attached to each role from elsewhere in the template counts for the role. */
const roleCounts = (stack: Deployed): readonly Count[] => {
  const attachedTo = (type: string, name: string) =>
    resourcesOf(type, stack).filter(({ properties }) => list(properties['Roles']).includes(name));
  return resourcesOf('AWS::IAM::Role', stack).flatMap(({ id, physicalId: name, properties }) => {
    const inline = [
      ...attachedTo('AWS::IAM::Policy', name).map((policy) => policy.properties),
      ...list(properties['Policies']),
    ].map((policy) => darkLengthOf(Object(policy)['PolicyDocument']));
    const managed =
      attachedTo('AWS::IAM::ManagedPolicy', name).length +
      list(properties['ManagedPolicyArns']).length;
    return [
      [
        `${id}: characters of inline policies`,
        inline.reduce((sum, length) => sum + length, 0),
        quotas.iam.inlineCharactersOfARole,
      ],
      [`${id}: managed policies`, managed, quotas.iam.managedPoliciesOfARole],
    ] as const;
  });
};

interface Measured {
  /** The size of its file. */
  readonly bytes: number;
  readonly stackName: string;
}

/** What of a template AWS counts, with how much of it there is and how much AWS takes. */
export const templateCounts = (
  template: Template,
  { bytes, stackName }: Measured,
): readonly Count[] => {
  const stack = imagined(template, stackName);
  const each = Object.entries(countsOf).flatMap(([type, counts]) =>
    resourcesOf(type, stack).flatMap(({ id, properties }) =>
      counts(properties).map(([what, ...numbers]): Count => [`${id}: ${what}`, ...numbers]),
    ),
  );
  return [...wholeCounts(template, bytes), ...each, ...roleCounts(stack)];
};

/** In what a template is more than AWS takes, a sentence for each. */
export const templateFaults = (template: Template, measured: Measured): readonly string[] => {
  const stack = imagined(template, measured.stackName);
  return [
    ...templateCounts(template, measured).flatMap(([what, count, limit]) =>
      count > limit ? [`${what}: ${count}; AWS takes ${limit}`] : [],
    ),
    ...resourcesOf('AWS::SQS::QueuePolicy', stack).flatMap(({ id, properties }) =>
      queuePolicyFaults(JSON.stringify(properties['PolicyDocument'])).map(
        (fault) => `${id}: ${fault}`,
      ),
    ),
  ];
};
