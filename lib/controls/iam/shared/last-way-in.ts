import { parsePolicy } from '../../../analysis/policies/policy-document.ts';
import { coversAction, coversResource } from '../../../analysis/policies/policy-matching.ts';
import { iam } from '../../../services/iam.ts';

// Whoever may do one of these for others can let them in again.
const lettingIn = [
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateAccessKey',
  'iam:UpdateLoginProfile',
];

/**
 * Whether these policies let their holder give others a way into the account: where the last way in of such a holder
 * goes, nobody may be left who can put it back. Denials and conditions are not weighed, and a policy that cannot be
 * read counts: it is better to ask once too often.
 */
export const letsOthersIn = (documents: readonly string[], arn: string): boolean => {
  const [, partition = '', , , account = ''] = arn.split(':');
  // The owner's own name, `${aws:username}` or spelled out, does not meet it: to change one's own keys is not enough.
  const somebody = iam.arn('user', { partition, region: '', account }, 'somebody');
  return documents.some((document) => {
    const parsed = parsePolicy(document);
    if ('unreadable' in parsed) return true;
    return parsed.statements.some(
      (one) =>
        one.effect === 'Allow' &&
        coversResource(one, somebody) &&
        lettingIn.some((action) => coversAction(one, action)),
    );
  });
};
