import { call, defineControl, fail, pass } from '../../model/control.ts';
import { ec2Region } from '../../resources/account/ec2-region.ts';
import { setting } from './shared/region-setting.ts';

export const regionClosesSerialConsole = defineControl(ec2Region, {
  id: 'PL.EC2.10',
  title: 'The EC2 serial console should be off',
  severity: 'MEDIUM',
  rationale:
    'The console is a way into instances that no security group stops, and that intruders have turned on.',
  standards: {},
  needs: ['serialConsole'],
  evaluate({ serialConsole: { isEnabled } }) {
    if (!isEnabled) return pass;
    return fail('instances of the region can be reached over the serial console', [
      { path: 'serialConsole.isEnabled', actual: true, expected: false },
    ]);
  },
  remediation: {
    advice: 'Turn the serial console off, and on again where an instance has to be saved.',
    url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html',
    grants: [
      {
        actions: ['ec2:DisableSerialConsoleAccess', 'ec2:EnableSerialConsoleAccess'],
        on: () => ['*'],
      },
    ],
    plan: ({ serialConsole }) =>
      setting(serialConsole, {
        // Somebody may be saving an instance over it right now.
        risk: 'disruptive',
        summary: 'turns the serial console of the region off',
        call: call('ec2', 'disableSerialConsoleAccess', {}),
        back: call('ec2', 'enableSerialConsoleAccess', {}),
        widensAccess: true,
      }),
  },
});
