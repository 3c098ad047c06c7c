import { serviceRunsOnLatestPlatform } from '../../../lib/controls/ecs/service-runs-on-latest-platform.ts';
import { testControl } from '../harness.ts';
import { service } from './tasks.ts';

testControl(serviceRunsOnLatestPlatform, {
  rows: {
    'whatever is latest': { given: { service }, verdict: 'PASS' },
    'the latest by its number': {
      given: { service: { ...service, platformVersion: '1.4.0' } },
      verdict: 'PASS',
    },
    'a later one': {
      given: { service: { ...service, platformVersion: '1.10.0' } },
      verdict: 'PASS',
    },
    'an older one': {
      given: { service: { ...service, platformVersion: '1.3.0' } },
      verdict: 'FAIL',
      evidence: ['service.platformVersion'],
    },
    'that of Windows': {
      given: {
        service: {
          ...service,
          platformVersion: '1.0.0',
          platformFamily: 'WINDOWS_SERVER_2022_CORE',
        },
      },
      verdict: 'PASS',
    },
    'on instances': {
      given: { service: { ...service, isFargate: false, platformVersion: undefined as never } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
