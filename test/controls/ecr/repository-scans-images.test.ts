import { repositoryScansImages } from '../../../lib/controls/ecr/repository-scans-images.ts';
import { testControl } from '../harness.ts';

const scanning = { isEnhanced: false, isByRule: false, isOnPush: false };

testControl(repositoryScansImages, {
  base: { scanning },
  rows: {
    'by a setting of the repository': {
      given: { scanning: { ...scanning, isOnPush: true } },
      verdict: 'PASS',
    },
    'by a rule of the registry': {
      given: { scanning: { ...scanning, isByRule: true } },
      verdict: 'PASS',
    },
    'enhanced, by a rule': {
      given: { scanning: { ...scanning, isEnhanced: true, isByRule: true } },
      verdict: 'PASS',
    },
    never: {
      given: {},
      verdict: 'FAIL',
      evidence: ['scanning.isOnPush'],
      plan: {
        risk: 'safe',
        calls: ['ecr.putImageScanningConfiguration'],
        input: { repositoryName: 'example', imageScanningConfiguration: { scanOnPush: true } },
      },
    },
    'enhanced, by no rule: the setting of the repository is not heeded': {
      given: { scanning: { ...scanning, isEnhanced: true, isOnPush: true } },
      verdict: 'FAIL',
      evidence: ['scanning.isByRule'],
      plan: { proposal: /rules of the registry/ },
    },
  },
});
