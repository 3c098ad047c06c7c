import { fail, pass, type Snapshot, type Verdict } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import type { vpc } from '../../../resources/ec2/vpc.ts';

export const rationale =
  'What calls AWS over an endpoint needs no way to the internet, and its calls can be held to a policy.';

export const adviceFor = (service: string): string =>
  `Create an interface endpoint of ${service} in the VPC, in the subnets of what calls it, with private DNS. Each endpoint is paid for by the hour and zone: exempt VPCs in which nothing makes such calls.`;

type Seen = Snapshot<typeof vpc, 'endpoints'>;

/** An endpoint in one of these leads nowhere, and does not again. */
const isOut = /^(failed|rejected|deleting|deleted|expired)$/;

/**
 * Whether the VPC has an endpoint of a service of AWS, by what its name ends with: `ecr.api`. That with FIPS counts too.
 * https://docs.aws.amazon.com/config/latest/developerguide/vpc-endpoint-enabled.html
 */
export const hasEndpoint =
  (service: string) =>
  ({ endpoints }: Seen, { ref: { region } }: { readonly ref: Ref }): Verdict => {
    const names = [`.${region}.${service}`, `.${region}.${service}-fips`];
    const own = endpoints.filter((one) => names.some((name) => one.service.endsWith(name)));
    if (own.some(({ state }) => !isOut.test(state))) return pass;
    const expected = `an endpoint of ${service}`;
    return fail(`calls to ${service} leave the VPC, as it has no endpoint for them`, [
      { path: 'endpoints', actual: own.map(({ state }) => state), expected },
    ]);
  };
