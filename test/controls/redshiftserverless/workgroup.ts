import type { Value } from '../../../lib/model/resource-type.ts';
import type { redshiftServerlessWorkgroup } from '../../../lib/resources/redshiftserverless/workgroup.ts';

type Workgroup = Value<(typeof redshiftServerlessWorkgroup)['facets']['workgroup']>;

/** A private workgroup that requires TLS. */
export const workgroup = (given: Partial<Workgroup> = {}): { workgroup: Workgroup } => ({
  workgroup: {
    status: 'AVAILABLE',
    isPublic: false,
    routesInVpc: true,
    requiresTls: 'true',
    ...given,
  },
});
