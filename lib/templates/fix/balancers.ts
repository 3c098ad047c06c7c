import { asRecord, list } from '../../support/untyped.ts';
import type { Edit } from '../edit/tree-edits.ts';
import { inProperties, setting, type Writes } from './write.ts';

const attributes = 'LoadBalancerAttributes';

export const elbWrites: Writes = {
  modifyLoadBalancerAttributes: (input, { resource }) => {
    const wanted = asRecord(input['LoadBalancerAttributes']);
    // CloudFormation has no property for what Terraform calls desync_mitigation_mode.
    if (wanted['AdditionalAttributes'] !== undefined) return undefined;
    const { ConnectionDraining, CrossZoneLoadBalancing } = wanted;
    return [
      ...(ConnectionDraining
        ? setting(resource, ['ConnectionDrainingPolicy'], asRecord(ConnectionDraining))
        : []),
      ...(CrossZoneLoadBalancing
        ? setting(resource, ['CrossZone'], asRecord(CrossZoneLoadBalancing)['Enabled'])
        : []),
    ];
  },
};

export const elbv2Writes: Writes = {
  modifyLoadBalancerAttributes: (input, { resource }) => {
    const declared = resource.get(attributes).items();
    return list(input['Attributes']).map((one): Edit => {
      const { Key, Value } = asRecord(one);
      const index = declared.findIndex((item) => item.get('Key').text() === Key);
      return index < 0
        ? { path: inProperties(resource.declared, [attributes]), append: { Key, Value } }
        : { path: inProperties(resource.declared, [attributes, index, 'Value']), value: Value };
    });
  },
};
