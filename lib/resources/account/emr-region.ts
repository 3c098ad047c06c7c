import type { Reader } from '../../model/resource-type.ts';
import { emr } from '../../services/emr.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

const readBlock = async (reader: Reader) => {
  const { BlockPublicAccessConfiguration: block } = await reader.call(
    'emr',
    'getBlockPublicAccessConfiguration',
    {},
  );
  const ranges = block?.PermittedPublicSecurityGroupRuleRanges ?? [];
  return {
    isOn: block?.BlockPublicSecurityGroupRules,
    /** Ports that may be open to everybody all the same, from and to. */
    exceptions: ranges.map(({ MinRange = 0, MaxRange = MinRange }) => ({
      from: MinRange,
      to: MaxRange,
    })),
  };
};

/** What EMR keeps for an account in a region. */
export const emrRegion = regionWide({
  type: 'Plumbline::EMR::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: emr.eventSource,
      calls: { PutBlockPublicAccessConfiguration: ['publicBlock'] },
      idsIn: here,
    },
  ],
  facets: {
    /** Whether clusters are kept from being launched whose security groups admit everybody. */
    publicBlock: {
      actions: ['elasticmapreduce:GetBlockPublicAccessConfiguration'],
      read: readBlock,
    },
  },
});
