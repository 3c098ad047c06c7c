import { knownTo, trustedParameters } from '../../analysis/policies/trusted-accounts.ts';
import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { lambdaFunction } from '../../resources/lambda/lambda-function.ts';
import { awsLayerAccounts } from './shared/aws-layers.ts';

const ownerOf = (layer: string): string =>
  /^arn:[^:]+:lambda:[^:]*:(\d{12}):layer:/.exec(layer)?.[1] ?? '';

export const functionRunsKnownLayers = defineControl(lambdaFunction, {
  id: 'PL.LAMBDA.2',
  title: 'Lambda functions should run layers of known accounts only',
  severity: 'MEDIUM',
  rationale:
    'A layer runs with the rights of the function, and sees what it is given: an intruder puts code into one without a change to the function, and stays.',
  standards: {},
  needs: ['layers'],
  parameters: trustedParameters,
  evaluate({ layers }, { ref, parameters }) {
    if (layers.length === 0) return notApplicable('the function has no layer');
    const known = knownTo(ref, parameters);
    const foreign = layers.filter((one) => {
      const owner = ownerOf(one);
      return !known.has(owner) && !awsLayerAccounts.has(owner);
    });
    if (foreign.length === 0) return pass;
    return fail('it runs a layer of an account that the baseline does not trust', [
      {
        path: 'layers',
        actual: foreign,
        expected: 'layers of its own account, of AWS, or of accounts that trustedAccounts names',
      },
    ]);
  },
  remediation: {
    advice:
      'Take the layer out of the function, or copy what it holds into a layer of your own. Where its account is known, as that of a vendor, name it in trustedAccounts, which may say governed for all that Plumbline governs. Layers that AWS gives out for Lambda Insights, AppConfig, Parameters and Secrets, ADOT, Powertools and pandas pass. CloudTrail tells who added it (UpdateFunctionConfiguration).',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html',
  },
});
