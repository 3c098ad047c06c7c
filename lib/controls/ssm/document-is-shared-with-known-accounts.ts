import { knownTo, trustedParameters } from '../../analysis/policies/trusted-accounts.ts';
import { defineControl, fail, pass } from '../../model/control.ts';
import { ssmDocument } from '../../resources/ssm/ssm-document.ts';

export const documentIsSharedWithKnownAccounts = defineControl(ssmDocument, {
  id: 'PL.SSM.1',
  title: 'SSM documents should be shared only with known accounts',
  severity: 'MEDIUM',
  rationale: 'Whoever reads a document knows how hosts are run, and what runs on them.',
  standards: {},
  needs: ['sharing'],
  parameters: trustedParameters,
  // A document is shared with accounts alone; everybody is the question of SSM.4.
  evaluate({ sharing: { accounts } }, { ref, parameters }) {
    const known = knownTo(ref, parameters);
    const unknown = accounts.filter((one) => !known.has(one));
    if (unknown.length === 0) return pass;
    return fail('it is shared with accounts that the baseline does not trust', [
      {
        path: 'sharing.accounts',
        actual: unknown,
        expected: 'accounts that trustedAccounts names',
      },
    ]);
  },
  remediation: {
    advice:
      'Take the account out of those whom the document is shared with, or, where it is known, name it in trustedAccounts, which may say governed for all that Plumbline governs. CloudTrail tells who shared it.',
    url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html',
  },
});
