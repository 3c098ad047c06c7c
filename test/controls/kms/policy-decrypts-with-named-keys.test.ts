import { policyDecryptsWithNamedKeys } from '../../../lib/controls/kms/policy-decrypts-with-named-keys.ts';
import { testControl } from '../harness.ts';
import { decryptionCases, documentOf } from './decryption.ts';

const plan = { proposal: /known to those who use the policy/ };
const decrypt = documentOf({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' });

testControl(policyDecryptsWithNamedKeys, {
  base: { use: { attachments: 1, boundaries: 0 }, defaultVersion: documentOf() },
  rows: {
    ...Object.fromEntries(
      Object.entries(decryptionCases).map(([title, { statement, isWide }]) => [
        title,
        isWide
          ? {
              given: { defaultVersion: documentOf(statement) },
              verdict: 'FAIL' as const,
              evidence: ['defaultVersion.Statement[0]'],
              plan,
            }
          : { given: { defaultVersion: documentOf(statement) }, verdict: 'PASS' as const },
      ]),
    ),
    'a permissions boundary only': {
      given: { defaultVersion: decrypt, use: { attachments: 0, boundaries: 1 } },
      verdict: 'NOT_APPLICABLE',
    },
    'what cannot be read': { given: { defaultVersion: 'not JSON' }, verdict: 'UNKNOWN' },
  },
});
