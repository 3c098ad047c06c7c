import { pass, unknown, type Verdict } from '../../model/control.ts';
import { parsePolicy, type Statement } from './policy-document.ts';

/** What a resource policy says: none at all is right, and one that cannot be made out is unknown. */
export const evaluateStatements = (
  policy: string | undefined,
  evaluate: (statements: readonly Statement[]) => Verdict,
): Verdict => {
  if (policy === undefined) return pass;
  const parsed = parsePolicy(policy);
  return 'unreadable' in parsed
    ? unknown(`the policy cannot be made out: ${parsed.unreadable}`)
    : evaluate(parsed.statements);
};
