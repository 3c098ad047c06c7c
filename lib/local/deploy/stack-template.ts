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

/** Where a stack is made. */
export interface StackPlace {
  readonly account: string;
  readonly region: string;
}

/** Whether a condition holds, of those that our templates use. */
const isTrue = (
  condition: unknown,
  place: StackPlace,
  all: Template['Conditions'] = {},
): boolean => {
  const [[name, argument] = ['', undefined]] = Object.entries(Object(condition));
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : [];
  if (name === 'Condition') return isTrue(all[String(argument)], place, all);
  if (name === 'Fn::Not') return !isTrue(parts[0], place, all);
  if (name === 'Fn::Or') return parts.some((part) => isTrue(part, place, all));
  const [ref, value] = parts;
  if (name === 'Fn::Equals' && Object(ref).Ref === 'AWS::Region') return value === place.region;
  if (name === 'Fn::Equals' && Object(ref).Ref === 'AWS::AccountId') return value === place.account;
  throw new Error(`the local AWS does not know the condition ${JSON.stringify(condition)}`);
};
/** Whether a condition of a template, by its name, holds. */
export const holds = (name: string, place: StackPlace, { Conditions }: Template): boolean =>
  isTrue({ Condition: name }, place, Conditions);

/** A template without what CloudFormation leaves out in an account and region. */
export const madeIn = (template: Template, place: StackPlace): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).filter(
      ([, { Condition: name }]) => name === undefined || holds(name, place, template),
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
