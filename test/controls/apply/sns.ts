import type { Effects } from './effects.ts';

export const sns: Effects = {
  // https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
  setTopicAttributes: (snapshot, { AttributeName, AttributeValue }) => {
    if (AttributeName !== 'Policy') throw new Error('InvalidParameterException');
    return { ...snapshot, policy: AttributeValue };
  },
};
