import { attempted } from '../../aws/errors.ts';
import type { Where } from '../../model/resource-type.ts';
import type { Runtime } from '../runtime/runtime.ts';

const pathIn = (metadata: string | undefined): string | undefined => {
  const { ['aws:cdk:path']: path } = Object(JSON.parse(metadata ?? '{}'));
  return typeof path === 'string' ? path : undefined;
};

/** The construct path that CDK left in a stack's template, where there is one and it can be read. */
export const constructPathOf = async (
  { stack, logicalId }: { readonly stack: string; readonly logicalId: string },
  where: Where,
  runtime: Runtime,
): Promise<string | undefined> => {
  const read = await attempted(async () => {
    const { StackResourceDetail } = await runtime
      .reader(where)
      .call('cloudformation', 'describeStackResource', {
        StackName: stack,
        LogicalResourceId: logicalId,
      });
    return pathIn(StackResourceDetail?.Metadata);
  });
  return 'value' in read ? read.value : undefined;
};
