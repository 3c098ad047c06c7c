import { guardDutyRegion } from '../../resources/account/guardduty-region.ts';
import { dataSources, featureOf } from '../answers/guardduty.ts';
import { givenId } from '../resolution/identities.ts';
import type { DeclaredType } from './declared-type.ts';

/** A region has one detector: what a template says of it is said of the region. */
export const declaredDetector: DeclaredType = {
  type: guardDutyRegion,
  as: 'AWS::GuardDuty::Detector',
  id: ({ properties: { scope } }) => scope.template.deployment.region,
  parts: { 'AWS::GuardDuty::Filter': { name: givenId, by: ['DetectorId'] } },
  placeOf(resource, stack, evidence) {
    const { declared } = resource;
    if (evidence === 'suppressions') {
      const [filter] = stack.leadingTo(
        [resource.physicalId],
        'DetectorId',
        'AWS::GuardDuty::Filter',
      );
      return filter && { declared: filter.declared, path: ['FindingCriteria'] };
    }
    const [, name, what] = /^detector\.features\.(\w+)\.(\w+)$/.exec(evidence) ?? [];
    if (name === undefined) return { declared, path: ['Enable'] };
    const feature = featureOf(resource, name);
    if (!feature) return { declared, path: ['DataSources', ...(dataSources[name] ?? [])] };
    return {
      declared,
      path: [...feature.path, what === 'isOn' ? 'Status' : 'AdditionalConfiguration'],
    };
  },
};
