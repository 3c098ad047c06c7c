import { okAnswer } from '../endpoint/answer.ts';
import type { Before } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

/**
 * "Block public access is enabled by default … the exception for port 22":
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html
 */
const begins = {
  BlockPublicSecurityGroupRules: true,
  PermittedPublicSecurityGroupRuleRanges: [{ MinRange: 22, MaxRange: 22 }],
};

/** What keeps clusters of EMR from being launched in the open, which moto can only turn on. */
export const publicClusterBlocks = (): Before => {
  const set = new Map<string, unknown>();
  return (call) => {
    if (call.service !== 'emr') return undefined;
    if (call.operation === 'PutBlockPublicAccessConfiguration') {
      set.set(call.region, call.input['BlockPublicAccessConfiguration']);
      return okAnswer(call, {});
    }
    if (call.operation !== 'GetBlockPublicAccessConfiguration') return undefined;
    const shown = {
      BlockPublicAccessConfiguration: set.get(call.region) ?? begins,
      BlockPublicAccessConfigurationMetadata: { CreationDateTime: new Date(0), CreatedByArn: '' },
    };
    return okAnswer(call, shown as Fields);
  };
};
