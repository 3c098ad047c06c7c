import { pass, unknown, type Verdict } from '../../model/control.ts';
import type { ReadPolicy } from '../../model/read-policy.ts';
import { parsePolicy, type Statement } from './policy-document.ts';

/**
 * What a resource policy says: none at all is right, and one that cannot be made out is unknown. One that was read in part
 * can be wrong, and is else unknown.
 */
export const evaluateStatements = (
  policy: ReadPolicy,
  evaluate: (statements: readonly Statement[]) => Verdict,
): Verdict => {
  if (policy === undefined) return pass;
  if (typeof policy === 'object') {
    const verdict = evaluateStatements(policy.read, evaluate);
    return verdict.status === 'PASS' ? unknown(`${policy.leftOut} were not looked at`) : verdict;
  }
  const parsed = parsePolicy(policy);
  return 'unreadable' in parsed
    ? unknown(`the policy cannot be made out: ${parsed.unreadable}`)
    : evaluate(parsed.statements);
};
