import { groupLaunchesFromTemplate } from '../../../lib/controls/autoscaling/group-launches-from-template.ts';
import { testControl } from '../harness.ts';
import { group } from './group.ts';

testControl(groupLaunchesFromTemplate, {
  base: group(),
  rows: {
    'a template': { given: {}, verdict: 'PASS' },
    'a launch configuration': {
      given: group({ launchesBy: 'configuration' }),
      verdict: 'FAIL',
      evidence: ['group.launchesBy'],
    },
    'an instance of which AWS made neither': {
      given: group({ launchesBy: 'nothing' }),
      verdict: 'FAIL',
    },
  },
});
