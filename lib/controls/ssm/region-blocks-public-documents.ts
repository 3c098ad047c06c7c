import { call, defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { ssmRegion, ssmSettings } from '../../resources/account/ssm-region.ts';
import { ssm } from '../../services/ssm.ts';

export const regionBlocksPublicDocuments = defineControl(ssmRegion, {
  id: 'SSM.7',
  title: 'SSM documents should have the block public sharing setting enabled',
  severity: 'CRITICAL',
  rationale:
    'The block holds for every document of the region, those too that somebody will share with everybody by mistake.',
  standards: { 'fsbp-1.0.0': ['SSM.7'] },
  needs: ['publicSharing'],
  evaluate({ publicSharing }) {
    if (!publicSharing) return notApplicable('the region does not have the setting');
    if (publicSharing.value === 'Disable') return pass;
    return fail('documents of the region can be shared with everybody', [
      {
        path: 'publicSharing.value',
        actual: publicSharing.value ?? null,
        expected: 'Disable',
      },
    ]);
  },
  remediation: {
    advice:
      'Block public sharing of documents in the preferences of Systems Manager, in each region. Documents that are public already stay so: SSM.4 names them.',
    grants: [
      {
        actions: ['ssm:UpdateServiceSetting', 'ssm:ResetServiceSetting'],
        on: ({ ref }) => [ssm.arn('servicesetting', ref, ssmSettings.publicSharing)],
      },
    ],
    plan({ publicSharing }, { ref }) {
      const SettingId = ssm.arn('servicesetting', ref, ssmSettings.publicSharing);
      const set = (SettingValue: string) =>
        call('ssm', 'updateServiceSetting', { SettingId, SettingValue });
      return {
        kind: 'calls',
        risk: 'safe',
        summary: 'keeps documents of the region from being shared with everybody from now on',
        calls: [set('Disable')],
        undo: {
          calls: [
            publicSharing?.isDefault
              ? call('ssm', 'resetServiceSetting', { SettingId })
              : set(publicSharing?.value ?? 'Enable'),
          ],
          widensAccess: true,
        },
      };
    },
  },
});
