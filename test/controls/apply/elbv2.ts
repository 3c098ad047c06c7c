import { asRecord, list } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

const facets: Readonly<Record<string, (value: string) => object>> = {
  'deletion_protection.enabled': (value) => ({ refusesDeletion: value === 'true' }),
  'routing.http.drop_invalid_header_fields.enabled': (value) => ({
    dropsInvalidHeaders: value === 'true',
  }),
  'routing.http.desync_mitigation_mode': (desyncMode) => ({ desyncMode }),
};

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html
export const elbv2: Effects = {
  modifyLoadBalancerAttributes: (snapshot, { Attributes }) => ({
    ...snapshot,
    attributes: Object.assign(
      { ...Object(snapshot['attributes']) },
      ...list(Attributes).map((one) => {
        const { Key, Value } = asRecord(one);
        const facet = facets[String(Key)];
        if (!facet) throw new Error(`say what the attribute ${Key} is in test/controls/apply`);
        return facet(String(Value));
      }),
    ),
  }),
};
