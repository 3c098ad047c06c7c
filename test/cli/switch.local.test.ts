import { worldAt } from '../local/path/world.ts';
import { remediating } from './remediating.ts';

const { cli, url } = remediating(`
presets: []
controls:
  S3.8: { mode: remediate }
  PL.SWITCH.1: {}
`);
const alice = 'arn:aws:iam::123456789012:user/alice';
const told = (status: 'FAILED' | 'PASSED') =>
  worldAt(url()).finding({
    control: 'PL.SWITCH.1',
    resource: 'arn:aws:iam::123456789012:root',
    status,
  });

describe('while controls are put right by themselves, that remediation is off', () => {
  it('is told by a finding and by doctor until an operator turns it on', async () => {
    // The local AWS has turned it on.
    expect((await cli('doctor')).stdout).toMatch(/^ok +us-east-1 +PL\.SWITCH\.1 /m);

    expect((await cli('remediation', 'off')).stdout).toMatch(/^remediation is off /);
    const off = await told('FAILED');
    expect(JSON.stringify(off)).toContain('remediation is switched off since');
    expect(JSON.stringify(off)).toContain(alice);
    const doctor = await cli('doctor');
    expect(doctor.stdout).toMatch(
      /^OFF +us-east-1 +PL\.SWITCH\.1 .*\n +remediation is switched off since .*\n +Find out who/m,
    );
    expect(doctor.code).not.toBe(0);

    expect((await cli('remediation', 'on', '--yes')).stdout).toMatch(/^remediation is on /);
    await told('PASSED');
    expect((await cli('doctor')).stdout).toMatch(/^ok +us-east-1 +PL\.SWITCH\.1 /m);
  }, 120_000);
});
