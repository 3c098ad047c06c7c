import { defineControl, fail, notApplicable, passUntil, unknown } from '../../model/control.ts';
import { lambdaFunction } from '../../resources/lambda/lambda-function.ts';
import { plural } from '../../support/plural.ts';
import { runtimesAsOf, supportEnds, trustedForDays } from './shared/runtimes.ts';

const trustedUntil = new Date(runtimesAsOf.getTime() + trustedForDays * 86_400_000);
const day = (date: Date): string => date.toISOString().slice(0, 10);

export const functionRuntimeIsSupported = defineControl(lambdaFunction, {
  id: 'Lambda.2',
  title: 'Lambda functions should use supported runtimes',
  severity: 'MEDIUM',
  rationale:
    'What runs on a runtime without support gets no more fixes of what others know to use.',
  standards: {
    'fsbp-1.0.0': ['Lambda.2'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['6.3.3'],
  },
  needs: ['configuration'],
  evaluate({ configuration: { packageType, runtime } }, { at }) {
    if (packageType === 'Image') return notApplicable('an image brings its own runtime');
    if (runtime === undefined) return unknown('the function says no runtime');
    const end = supportEnds[runtime];
    if (end !== undefined && new Date(end) <= at)
      return fail(
        `AWS’s support of ${runtime} ended on ${end}, as AWS said on ${day(runtimesAsOf)}`,
        [
          {
            path: 'configuration.runtime',
            actual: runtime,
            expected: 'a runtime that AWS supports',
          },
        ],
      );
    // What is not in the table, or in one that is old, is not evaluated.
    if (at >= trustedUntil)
      return unknown(
        `what this version knows of runtimes is of ${day(runtimesAsOf)}, older than ${plural(trustedForDays, 'day')}: deploy a newer one`,
      );
    if (end === undefined)
      return unknown(
        `this version, whose table is of ${day(runtimesAsOf)}, knows no runtime ${runtime}`,
      );
    const ends = new Date(end);
    return passUntil(ends < trustedUntil ? ends : trustedUntil);
  },
  remediation: {
    advice:
      'Move the function to a runtime that AWS supports, and test it there: what it uses may behave differently. Functions run on without support, but once AWS blocks updates they can no longer be changed.',
  },
});
