import { quotas } from '../../lib/infrastructure/quotas.ts';
import type { Summaries, Summary } from '../../scripts/template-summary.ts';

/** What is lost with a resource of these types. */
const stateful = [
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Document',
  'AWS::SSM::Parameter',
];
const isStateful = ({ type }: Summary) => stateful.includes(type);

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const changedIn = ({ replacing: before = {} }: Summary, { replacing: after = {} }: Summary) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !same(before[name], after[name]),
  );

const becomes = (id: string, before: Summary, after: Summary | undefined): readonly string[] => {
  if (!after) return isStateful(before) ? [`${id} (${before.type}) is gone`] : [];
  if (after.type !== before.type) return [`${id} was ${before.type} and is ${after.type}`];
  const faults = isStateful(before)
    ? changedIn(before, after).map((name) => `${id} (${before.type}) is replaced: ${name} changed`)
    : [];
  return before.isRetained && !after.isRetained
    ? [...faults, `${id} (${before.type}) is not kept any more`]
    : faults;
};

/** DynamoDB makes or drops one index in an update; one that changes is dropped and made. */
const indexFaults = (
  id: string,
  before: Summary,
  after: Summary | undefined,
): readonly string[] => {
  const [old, now] = [before.indexes ?? [], after?.indexes ?? []];
  const steps =
    now.filter((index) => !old.includes(index)).length +
    old.filter((index) => !now.includes(index)).length;
  const most = quotas.dynamodb.indexesMadeByAnUpdate;
  return after && steps > most
    ? [`${id} makes or drops ${steps} indexes; DynamoDB takes ${most} in an update`]
    : [];
};

/** Names that a template gives by itself: CloudFormation makes the new one while the old one has the name. */
const nameOf = ({ type, replacing = {} }: Summary): string | undefined => {
  const name = Object.entries(replacing).find(([property]) => /(^|[a-z])(Name|Id)$/.test(property));
  return name && typeof name[1] === 'string' ? `${type} ${name[1]}` : undefined;
};
const nameFaults = (before: Summaries, after: Summaries): readonly string[] => {
  const taken = new Map(
    Object.entries(before).map(([id, summary]) => [nameOf(summary) ?? id, id] as const),
  );
  return Object.entries(after).flatMap(([id, summary]) => {
    const owner = taken.get(nameOf(summary) ?? '');
    return owner === undefined || owner === id ? [] : [`${id} has the name of ${owner}`];
  });
};

/** What an update of one template to another loses, or cannot do. */
export const updateFaults = (before: Summaries, after: Summaries): readonly string[] => [
  ...Object.entries(before).flatMap(([id, summary]) => [
    ...becomes(id, summary, after[id]),
    ...indexFaults(id, summary, after[id]),
  ]),
  ...nameFaults(before, after),
];
