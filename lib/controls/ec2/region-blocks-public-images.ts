import { call, defineControl, fail, pass } from '../../model/control.ts';
import { ec2ImageRegion } from '../../resources/account/ec2-image-region.ts';
import { setting } from './shared/region-setting.ts';

export const regionBlocksPublicImages = defineControl(ec2ImageRegion, {
  id: 'PL.EC2.8',
  title: 'Machine images should not be publicly shareable in a region',
  severity: 'HIGH',
  rationale:
    'The block holds for every image of the region, whoever shares it, and is on unless somebody turned it off.',
  standards: {},
  needs: ['imageBlock'],
  evaluate({ imageBlock: { state } }) {
    if (state === 'block-new-sharing') return pass;
    return fail('images of the region can be shared with everybody', [
      { path: 'imageBlock.state', actual: state ?? null, expected: 'block-new-sharing' },
    ]);
  },
  remediation: {
    advice:
      'Block new public sharing of images in the region, in the EC2 settings under Data protection and security. Images that are public stay so.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html',
    grants: [
      {
        actions: ['ec2:EnableImageBlockPublicAccess', 'ec2:DisableImageBlockPublicAccess'],
        on: () => ['*'],
      },
    ],
    plan: ({ imageBlock }) =>
      setting(imageBlock, {
        risk: 'safe',
        summary: 'keeps images of the region from being shared with everybody',
        call: call('ec2', 'enableImageBlockPublicAccess', {
          ImageBlockPublicAccessState: 'block-new-sharing',
        }),
        back: call('ec2', 'disableImageBlockPublicAccess', {}),
        widensAccess: true,
      }),
  },
});
