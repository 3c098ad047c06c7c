import { sorting } from '../aws/errors.ts';
import type { BatchReader } from '../aws/reader.ts';
import type { About } from '../model/resource-type.ts';
import { noStack } from '../resources/account/own-stack.ts';

/** The stack of CloudFormation that made a resource. */
export interface OwningStack {
  readonly name: string;
  readonly logicalId: string;
  /** What it was deployed with, but for what is secret. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Owned {
  readonly id: string;
  readonly arn: string;
  readonly tags: About['tags'];
}

/** The name of a resource within the stack that lists it by this id. */
const listedAs = async (id: string, reader: BatchReader) => {
  const found = await sorting({ absent: noStack }, () =>
    reader.call('cloudformation', 'describeStackResources', { PhysicalResourceId: id }),
  );
  const resources = found.kind === 'value' ? (found.value.StackResources ?? []) : [];
  const own = resources.find(({ PhysicalResourceId }) => PhysicalResourceId === id);
  return own?.StackName === undefined || own.LogicalResourceId === undefined
    ? undefined
    : { name: own.StackName, logicalId: own.LogicalResourceId };
};

/** By the tags that CloudFormation gives; by its own list where a type takes none. */
const placeOf = async ({ id, arn, tags }: Owned, reader: BatchReader) => {
  const [name, logicalId] = ['stack-name', 'logical-id'].map(
    (key) => tags[`aws:cloudformation:${key}`],
  );
  if (name !== undefined && logicalId !== undefined) return { name, logicalId };
  return (await listedAs(id, reader)) ?? (arn === id ? undefined : listedAs(arn, reader));
};

/** What CloudFormation shows of a secret. */
const secret = '****';

/** The stack that owns a resource; `undefined` where none does. */
export const owningStackOf = async (
  owned: Owned,
  reader: BatchReader,
): Promise<OwningStack | undefined> => {
  const place = await placeOf(owned, reader);
  if (!place) return undefined;
  const read = await sorting({ absent: noStack }, () =>
    reader.call('cloudformation', 'describeStacks', { StackName: place.name }),
  );
  const [stack] = read.kind === 'value' ? (read.value.Stacks ?? []) : [];
  const given = (stack?.Parameters ?? []).flatMap(({ ParameterKey: key, ParameterValue: value }) =>
    key === undefined || value === undefined || value === secret ? [] : [[key, value] as const],
  );
  return { ...place, parameters: Object.fromEntries(given) };
};
