import { defineControl, fail, notApplicable, pass, passUntil } from '../../model/control.ts';
import { secret } from '../../resources/secretsmanager/secret.ts';
import { unevaluated } from './shared/scope.ts';

export const secretRotationSucceeds = defineControl(secret, {
  id: 'SecretsManager.2',
  title: 'Secrets Manager secrets configured with automatic rotation should rotate successfully',
  severity: 'MEDIUM',
  rationale: 'A rotation that fails leaves the old secret in use, and often nobody notices.',
  standards: {
    'fsbp-1.0.0': ['SecretsManager.2'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)'],
    'pci-dss-4.0.1': ['8.2.2', '8.3.10.1', '8.3.5', '8.3.7', '8.3.9', '8.6.3'],
  },
  needs: ['life', 'primaryRegion', 'rotation'],
  evaluate({ life, primaryRegion, rotation }, { regions, at }) {
    const not = unevaluated({ life, primaryRegion }, { regions });
    if (not) return not;
    if (!rotation.isOn) return notApplicable('the secret is not rotated by itself');
    if (rotation.next === undefined) return pass;
    // The next rotation is on or before this date, which is past where rotating failed (API reference, DescribeSecret).
    const next = new Date(rotation.next);
    if (next > at) return passUntil(next);
    return fail(`the secret was to be rotated by ${rotation.next}`, [
      { path: 'rotation.next', actual: rotation.next, expected: 'in the future' },
    ]);
  },
  remediation: {
    advice:
      'Look in the log of the rotation function why it failed: often its role may not read the secret, or its network does not reach the database. Then rotate at once (aws secretsmanager rotate-secret).',
  },
});
