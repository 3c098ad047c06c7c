/** A CloudFormation template, as far as the local AWS reads one. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}
export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Whether a condition holds in a region, of those that our templates use. */
const holds = (condition: unknown, region: string, all: Template['Conditions'] = {}): boolean => {
  const [[name, argument] = ['', undefined]] = Object.entries(Object(condition));
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : [];
  if (name === 'Condition') return holds(all[String(argument)], region, all);
  if (name === 'Fn::Not') return !holds(parts[0], region, all);
  const [ref, value] = parts;
  if (name === 'Fn::Equals' && Object(ref).Ref === 'AWS::Region') return value === region;
  throw new Error(`the local AWS does not know the condition ${JSON.stringify(condition)}`);
};

/** A template without what CloudFormation leaves out in a region. */
export const madeIn = (template: Template, region: string): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).filter(
      ([, { Condition: name }]) =>
        name === undefined || holds({ Condition: name }, region, template.Conditions),
    ),
  ),
});

// Tried on moto 5.2.1. It creates a stack in which it has left out types that it does not know, and says nothing.
const made = [
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Document',
  'AWS::SSM::Parameter',
];
/** Types that moto leaves out of a stack, and what takes their place. */
export const leftOut: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'nothing: it tells AWS which constructs were used',
  'AWS::CloudWatch::Alarm': 'lines of this console',
  'AWS::Config::ConfigRule': 'invocations by the local AWS Config',
  'AWS::S3::BucketPolicy': 'PutBucketPolicy after the stack is made',
  'AWS::SNS::Subscription': 'nothing: no mail is sent',
  'AWS::SNS::TopicPolicy': 'nothing: roles are held to their own policies',
  'AWS::SecurityHub::ActionTarget': 'custom actions of the local Security Hub',
  'AWS::SQS::QueuePolicy': 'SetQueueAttributes after the stack is made',
};

/** How many resources of each type are left out; throws where moto might leave out one unseen. */
export const checkTypes = ({ Resources }: Template): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [id, { Type }] of Object.entries(Resources)) {
    if (Type in leftOut) counts.set(Type, (counts.get(Type) ?? 0) + 1);
    else if (!made.includes(Type))
      throw new Error(
        `${id} is a ${Type}, which the local AWS does not know: try it on moto and add it to ${import.meta.url}`,
      );
  }
  return counts;
};
