import type { Effects } from './effects.ts';

const desync = 'elb.http.desyncmitigationmode';

/** What a call does not name stays as it is. */
export const elb: Effects = {
  modifyLoadBalancerAttributes: (snapshot, { LoadBalancerAttributes }) => {
    const {
      AccessLog,
      ConnectionDraining,
      CrossZoneLoadBalancing,
      AdditionalAttributes = [],
    } = Object(LoadBalancerAttributes);
    const before = Object(snapshot['attributes']);
    const mode = [AdditionalAttributes].flat().find(({ Key }) => Key === desync);
    return {
      ...snapshot,
      attributes: {
        ...before,
        logsAccess: AccessLog?.Enabled ?? before.logsAccess,
        drains: ConnectionDraining?.Enabled ?? before.drains,
        crossesZones: CrossZoneLoadBalancing?.Enabled ?? before.crossesZones,
        desyncMode: mode?.Value ?? before.desyncMode,
      },
    };
  },
};
