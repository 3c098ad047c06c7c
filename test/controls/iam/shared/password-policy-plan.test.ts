import { passwordExpires } from '../../../../lib/controls/iam/password-expires.ts';
import { passwordIsLong } from '../../../../lib/controls/iam/password-is-long.ts';
import { passwordNeedsSymbol } from '../../../../lib/controls/iam/password-needs-symbol.ts';
import { planOf } from '../../../../lib/engine/remediation/planning.ts';
import { now } from '../../harness.ts';
import { policyOf } from './password-policy.ts';

const ref = { account: '123456789012', region: 'us-east-1', id: '123456789012' };
const place = { ref, arn: 'arn:aws:iam::123456789012:root', at: now };
const failing = (...controls: Parameters<typeof planOf>[0][number]['control'][]) =>
  controls.map((control) => ({ control, parameters: {} }));
const input = (planned: ReturnType<typeof planOf>) =>
  planned?.plan.kind === 'calls' ? planned.plan.calls.map((call) => call.input) : [];

describe('a password policy that several controls ask for', () => {
  const weak = policyOf({ MinimumPasswordLength: 8 });

  it('is set once for all of them', () => {
    const planned = planOf(failing(passwordIsLong, passwordNeedsSymbol), weak, place);
    expect(planned?.controls).toEqual(['IAM.15', 'IAM.13']);
    expect(input(planned)).toMatchObject([{ MinimumPasswordLength: 14, RequireSymbols: true }]);
  });

  it('leaves out who would let passwords expire, which the others need not wait for', () => {
    const planned = planOf(failing(passwordIsLong, passwordExpires), weak, place);
    expect(planned).toMatchObject({ controls: ['IAM.15'], plan: { risk: 'safe' } });
    expect(input(planned)).not.toMatchObject([{ MaxPasswordAge: 90 }]);
  });

  it('asks for all where the first lets passwords expire', () => {
    const planned = planOf(failing(passwordExpires, passwordIsLong), weak, place);
    expect(planned).toMatchObject({ controls: ['IAM.17', 'IAM.15'], plan: { risk: 'disruptive' } });
    expect(input(planned)).toMatchObject([{ MaxPasswordAge: 90, MinimumPasswordLength: 14 }]);
  });

  it('is only proposed to who would lock people out, and still set for the others', () => {
    const hard = policyOf({ HardExpiry: true });
    const first = planOf(failing(passwordExpires, passwordIsLong), hard, place);
    expect(first).toMatchObject({ controls: ['IAM.17'], plan: { kind: 'proposal' } });
    const second = planOf(failing(passwordIsLong, passwordExpires), hard, place);
    expect(second).toMatchObject({ controls: ['IAM.15'], plan: { risk: 'safe' } });
    expect(input(second)).toMatchObject([{ HardExpiry: true, MinimumPasswordLength: 14 }]);
  });
});
