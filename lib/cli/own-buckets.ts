import { sdkClients } from '../aws/clients.ts';
import { attempted } from '../aws/errors.ts';
import { outputsOf, type Stack } from '../aws/stack-outputs.ts';
import { type OwnBuckets, ownOutputs } from '../engine/baseline/own-exemptions.ts';
import { partitionOf } from '../services/partition.ts';

/** The name that `cdk deploy` gives the stack. */
export const usualStack = 'Plumbline';

type Outputs = Readonly<Record<string, string>>;

/** The buckets that a stack of Plumbline names in its outputs; none of a stack that is another's. */
export const ownBucketsOf = (outputs: Outputs, region: string): OwnBuckets => {
  if (outputs['PostureTable'] === undefined) return {};
  const arnOf = (name: string | undefined) =>
    name === undefined ? undefined : `arn:${partitionOf(region)}:s3:::${name}`;
  return {
    heartbeat: arnOf(outputs[ownOutputs.heartbeat]),
    images: arnOf(outputs[ownOutputs.images]),
    history: arnOf(outputs[ownOutputs.history]),
    reports: arnOf(outputs[ownOutputs.reports]),
  };
};

/** Those of the stack of this name; none where it is not there, or may not be looked up. */
export const ownBucketsIn = async (stack: Stack): Promise<OwnBuckets> => {
  const clients = sdkClients({ region: stack.region });
  const asked = await attempted(async () => outputsOf(stack, await clients('cloudformation')));
  return 'value' in asked ? ownBucketsOf(asked.value, stack.region) : {};
};
