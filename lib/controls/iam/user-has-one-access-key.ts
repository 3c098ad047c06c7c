import { defineControl, fail, pass } from '../../model/control.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { maskedKeyId } from './shared/credentials.ts';

export const userHasOneAccessKey = defineControl(iamUser, {
  id: 'PL.IAM.6',
  title: 'An IAM user should have one active access key at most',
  severity: 'MEDIUM',
  rationale: 'A second key is one more that can leak, and nobody misses it.',
  standards: {
    'cis-aws-1.4.0': ['1.13'],
    'cis-aws-3.0.0': ['1.13'],
    'cis-aws-5.0.0': ['1.12'],
  },
  needs: ['accessKeys'],
  evaluate({ accessKeys }) {
    const active = accessKeys.filter(({ isActive }) => isActive);
    if (active.length <= 1) return pass;
    return fail('the user has two active access keys', [
      {
        path: 'accessKeys',
        actual: active.map(({ id }) => maskedKeyId(id)),
        expected: 'one active key at most',
      },
    ]);
  },
  remediation: {
    advice:
      'Find out which key is used (aws iam get-access-key-last-used), deactivate the other, and delete it once nothing fails. While a key is rotated there are two: end the rotation.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  },
});
