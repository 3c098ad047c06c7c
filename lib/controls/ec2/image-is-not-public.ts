import { call, defineControl, fail, pass } from '../../model/control.ts';
import { image } from '../../resources/ec2/image.ts';

const everybody = (ImageId: string, OperationType: 'add' | 'remove') =>
  call('ec2', 'modifyImageAttribute', {
    ImageId,
    Attribute: 'launchPermission',
    OperationType,
    UserGroups: ['all'],
  });

export const imageIsNotPublic = defineControl(image, {
  id: 'PL.EC2.6',
  title: 'Amazon machine images should not be public',
  severity: 'CRITICAL',
  rationale:
    'Anybody with an AWS account can launch a public image and read every file, key and password that is on it.',
  standards: {},
  exposes: true,
  needs: ['sharing'],
  evaluate({ sharing: { groups } }) {
    if (!groups.includes('all')) return pass;
    return fail('any AWS account can launch the image', [
      { path: 'sharing.groups', actual: groups, expected: 'single accounts only' },
    ]);
  },
  remediation: {
    advice:
      'Take the group all out of the launch permissions (Private in the console), and share the image with single accounts where they need it.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html',
    grants: [{ actions: ['ec2:ModifyImageAttribute'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id } }) => ({
      kind: 'calls',
      risk: 'safe',
      summary: 'no longer lets every AWS account launch the image',
      calls: [everybody(id, 'remove')],
      undo: { calls: [everybody(id, 'add')], widensAccess: true },
    }),
  },
});
