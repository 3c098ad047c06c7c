import type { State } from '@aws-sdk/client-inspector2';
import type { Reader } from '../../model/resource-type.ts';
import { inspector2 } from '../../services/inspector2.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

const statusOf = (state: State | undefined) => state?.status;

const readScans = async (reader: Reader) => {
  const { accounts: [found] = [] } = await reader.call('inspector2', 'batchGetAccountStatus', {
    accountIds: [reader.account],
  });
  const { ec2, ecr, lambda, lambdaCode } = found?.resourceState ?? {};
  return {
    instances: statusOf(ec2),
    images: statusOf(ecr),
    functions: statusOf(lambda),
    /** `undefined` where the region does not offer it. */
    code: statusOf(lambdaCode),
  };
};

const isChanging = (value: unknown): boolean =>
  Object.values(Object(value)).some((one) => /^(EN|DIS)ABLING$|^SUSPENDING$/.test(String(one)));

/** What Amazon Inspector scans in an account and region. */
export const inspectorRegion = regionWide({
  type: 'Plumbline::Inspector::Region',
  unheard:
    'In a member of an organization the account that administers Amazon Inspector changes it, and CloudTrail records that in the account that administers: the next sweep sees it.',
  announcements: [
    {
      via: 'cloudtrail',
      source: inspector2.eventSource,
      calls: { Enable: ['scans'], Disable: ['scans'] },
      idsIn: here,
    },
  ],
  unsettled: { facet: 'scans', while: isChanging },
  facets: {
    /** Of each kind `ENABLED`, `DISABLED`, `SUSPENDED` or what leads there. */
    scans: { actions: ['inspector2:BatchGetAccountStatus'], read: readScans },
  },
});
