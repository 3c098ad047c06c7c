import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { lambdaFunction } from '../../resources/lambda/lambda-function.ts';

export const functionSpansZones = defineControl(lambdaFunction, {
  id: 'Lambda.5',
  title: 'VPC Lambda functions should operate in more than one Availability Zone',
  severity: 'MEDIUM',
  rationale: 'A function in one zone stops with it.',
  standards: {
    'fsbp-1.0.0': ['Lambda.5'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['configuration', 'zones'],
  parameters: { availabilityZones: integer({ default: 2, min: 2, max: 6 }) },
  evaluate({ configuration: { subnets }, zones }, { parameters: { availabilityZones } }) {
    if (subnets.length === 0) return notApplicable('the function is in no VPC');
    if (zones.length >= availabilityZones) return pass;
    return fail(`the subnets of the function are in fewer than ${availabilityZones} zones`, [
      { path: 'zones', actual: zones, expected: `${availabilityZones} zones` },
    ]);
  },
  remediation: {
    advice:
      'Add subnets in other Availability Zones to the function. Their route tables and network ACLs must lead to all that it calls.',
  },
});
