import { list, record } from '../../support/untyped.ts';
import type { Edit } from '../edit/tree-edits.ts';
import { inProperties, type Writes } from './write.ts';

const attributes = 'LoadBalancerAttributes';

export const elbv2Writes: Writes = {
  modifyLoadBalancerAttributes: (input, { resource }) => {
    const declared = resource.get(attributes).items();
    return list(input['Attributes']).map((one): Edit => {
      const { Key, Value } = record(one);
      const index = declared.findIndex((item) => item.get('Key').text() === Key);
      return index < 0
        ? { path: inProperties(resource.declared, [attributes]), append: { Key, Value } }
        : { path: inProperties(resource.declared, [attributes, index, 'Value']), value: Value };
    });
  },
};
