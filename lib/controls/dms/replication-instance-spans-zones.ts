import { defineControl, fail, pass } from '../../model/control.ts';
import { replicationInstance } from '../../resources/dms/replication-instance.ts';

export const replicationInstanceSpansZones = defineControl(replicationInstance, {
  id: 'DMS.13',
  title: 'DMS replication instances should be configured to use multiple Availability Zones',
  severity: 'MEDIUM',
  rationale: 'A migration stops with the zone that its instance is in.',
  standards: { 'fsbp-1.0.0': ['DMS.13'] },
  needs: ['instance'],
  evaluate({ instance: { spansZones } }) {
    if (spansZones === true) return pass;
    return fail('the replication instance has no standby in another zone', [
      { path: 'instance.spansZones', actual: spansZones ?? null, expected: true },
    ]);
  },
  remediation: {
    advice: 'Turn on Multi-AZ of the replication instance; the standby is charged.',
  },
});
