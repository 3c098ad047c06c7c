import { inlinePoliciesDecryptWithNamedKeys } from '../../../lib/controls/kms/inline-policies-decrypt-with-named-keys.ts';
import { testControl } from '../harness.ts';
import { decryptionCases, documentOf } from './decryption.ts';

const plan = { proposal: /known to those who use the policy/ };
const inline = (...statements: readonly object[]) => ({
  name: 'app',
  document: documentOf(...statements),
});

testControl(inlinePoliciesDecryptWithNamedKeys, {
  rows: {
    none: { given: { inlinePolicies: [] }, verdict: 'PASS' },
    ...Object.fromEntries(
      Object.entries(decryptionCases).map(([title, { statement, isWide }]) => [
        title,
        isWide
          ? {
              given: { inlinePolicies: [inline(statement)] },
              verdict: 'FAIL' as const,
              evidence: ['inlinePolicies.app.Statement[0]'],
              plan,
            }
          : { given: { inlinePolicies: [inline(statement)] }, verdict: 'PASS' as const },
      ]),
    ),
  },
});
