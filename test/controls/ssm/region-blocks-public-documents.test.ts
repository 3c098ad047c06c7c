import { regionBlocksPublicDocuments } from '../../../lib/controls/ssm/region-blocks-public-documents.ts';
import { testControl } from '../harness.ts';

const SettingId =
  'arn:aws:ssm:us-east-1:123456789012:servicesetting/ssm/documents/console/public-sharing-permission';
const plan = {
  risk: 'safe',
  calls: ['ssm.updateServiceSetting'],
  input: { SettingId, SettingValue: 'Disable' },
  undo: 'widens',
} as const;

testControl(regionBlocksPublicDocuments, {
  rows: {
    'it does': {
      given: { publicSharing: { value: 'Disable', isDefault: false } },
      verdict: 'PASS',
    },
    'it does not, as it begins': {
      given: { publicSharing: { value: 'Enable', isDefault: true } },
      verdict: 'FAIL',
      evidence: ['publicSharing.value'],
      plan,
    },
    'somebody let it be': {
      given: { publicSharing: { value: 'Enable', isDefault: false } },
      verdict: 'FAIL',
      plan,
    },
    'a region without the setting': {
      given: { publicSharing: undefined },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
