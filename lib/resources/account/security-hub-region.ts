import { securityhub } from '../../services/securityhub.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** Whether Security Hub takes findings in a region. */
export const securityHubRegion = regionWide({
  type: 'Plumbline::SecurityHub::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: securityhub.eventSource,
      calls: { EnableSecurityHub: ['securityHub'], DisableSecurityHub: ['securityHub'] },
      idsIn: here,
    },
  ],
  facets: {
    securityHub: {
      actions: ['securityhub:DescribeHub'],
      // Security Hub answers thus where it is not enabled, and not for want of permission.
      absent: ['InvalidAccessException', 'ResourceNotFoundException'],
      read: async (reader) => (await reader.call('securityhub', 'describeHub', {})).HubArn,
    },
  },
});
