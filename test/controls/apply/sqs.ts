import type { Effects } from './effects.ts';

export const sqs: Effects = {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html: others stay.
  setQueueAttributes: (snapshot, input) => {
    const { Policy, SqsManagedSseEnabled } = Object(input['Attributes']);
    const encryption = { kmsKey: undefined, isManagedBySqs: SqsManagedSseEnabled === 'true' };
    return {
      ...snapshot,
      ...(Policy === undefined ? {} : { policy: Policy }),
      ...(SqsManagedSseEnabled === undefined ? {} : { encryption }),
    };
  },
};
