import { asRecord, list } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

export const emr: Effects = {
  // https://docs.aws.amazon.com/emr/latest/APIReference/API_PutBlockPublicAccessConfiguration.html
  putBlockPublicAccessConfiguration: (snapshot, { BlockPublicAccessConfiguration }) => {
    const block = asRecord(BlockPublicAccessConfiguration);
    const exceptions = list(block['PermittedPublicSecurityGroupRuleRanges']).map((one) => {
      const { MinRange, MaxRange } = asRecord(one);
      return { from: MinRange, to: MaxRange };
    });
    return {
      ...snapshot,
      publicBlock: { isOn: block['BlockPublicSecurityGroupRules'], exceptions },
    };
  },
};
