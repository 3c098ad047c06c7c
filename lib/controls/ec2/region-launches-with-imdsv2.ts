import { call, defineControl, fail, pass } from '../../model/control.ts';
import { ec2Region } from '../../resources/account/ec2-region.ts';
import { setting } from './shared/region-setting.ts';

const tokens = (HttpTokens: 'required' | 'optional' | 'no-preference') =>
  call('ec2', 'modifyInstanceMetadataDefaults', { HttpTokens });

export const regionLaunchesWithImdsv2 = defineControl(ec2Region, {
  id: 'PL.EC2.9',
  title: 'New EC2 instances should require IMDSv2 by default',
  severity: 'MEDIUM',
  rationale:
    'Without a default of the account an instance whose launch does not say may hand its credentials to a forged request.',
  standards: {},
  needs: ['metadataDefaults'],
  evaluate({ metadataDefaults: { httpTokens } }) {
    if (httpTokens === 'required') return pass;
    return fail('new instances do not require IMDSv2 unless their launch or image does', [
      {
        path: 'metadataDefaults.httpTokens',
        actual: httpTokens ?? 'no preference',
        expected: 'required',
      },
    ]);
  },
  remediation: {
    advice:
      'Set IMDSv2 to required in the IMDS defaults of the region. Instances that are there stay as they are.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html',
    grants: [{ actions: ['ec2:ModifyInstanceMetadataDefaults'], on: () => ['*'] }],
    plan: ({ metadataDefaults }) =>
      setting(metadataDefaults, {
        // Software of the next instance of a group may not know IMDSv2 yet.
        risk: 'disruptive',
        summary: 'requires IMDSv2 of new instances whose launch does not say otherwise',
        call: tokens('required'),
        back: tokens(metadataDefaults.httpTokens === 'optional' ? 'optional' : 'no-preference'),
        widensAccess: false,
      }),
  },
});
