import { serviceAssignsNoPublicAddress } from '../../../lib/controls/ecs/service-assigns-no-public-address.ts';
import { testControl } from '../harness.ts';
import { service } from './tasks.ts';

testControl(serviceAssignsNoPublicAddress, {
  rows: {
    private: { given: { service }, verdict: 'PASS' },
    public: {
      given: { service: { ...service, assignsPublicIp: true } },
      verdict: 'FAIL',
      evidence: ['service.assignsPublicIp'],
    },
  },
});
