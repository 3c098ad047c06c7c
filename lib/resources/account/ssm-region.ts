import type { Facet, Reader, Ref } from '../../model/resource-type.ts';
import { ssm } from '../../services/ssm.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** Settings of Systems Manager, by what is behind `servicesetting` in their ARNs. */
export const ssmSettings = {
  publicSharing: 'ssm/documents/console/public-sharing-permission',
  automationLog: 'ssm/automation/customer-script-log-destination',
} as const;

/** A setting as it is, and whether somebody has set it. */
const settingOf = (id: string) =>
  ({
    actions: ['ssm:GetServiceSetting'],
    // Where a region does not have it.
    absent: ['ServiceSettingNotFound'],
    read: async (reader: Reader, ref: Ref) => {
      const asked = { SettingId: ssm.arn('servicesetting', ref, id) };
      const { ServiceSetting } = await reader.call('ssm', 'getServiceSetting', asked);
      return {
        value: ServiceSetting?.SettingValue,
        isDefault: ServiceSetting?.Status === 'Default',
      };
    },
  }) as const satisfies Facet;

/** What Systems Manager keeps for an account in a region. */
export const ssmRegion = regionWide({
  type: 'Plumbline::SSM::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: ssm.eventSource,
      calls: {
        UpdateServiceSetting: ['publicSharing', 'automationLog'],
        ResetServiceSetting: ['publicSharing', 'automationLog'],
      },
      idsIn: here,
    },
  ],
  facets: {
    /** Whether documents can be shared with everybody: `Enable`, as it begins, or `Disable`. */
    publicSharing: settingOf(ssmSettings.publicSharing),
    /** Where scripts of Automation write what they print: `CloudWatch`, or nowhere. */
    automationLog: settingOf(ssmSettings.automationLog),
  },
});
