import { runtimesOfInstancesAreWatched } from '../../../lib/controls/guardduty/runtimes-of-instances-are-watched.ts';
import { testControl } from '../harness.ts';
import { agentRowsOf, detector } from './detector.ts';

testControl(runtimesOfInstancesAreWatched, {
  base: detector(),
  rows: agentRowsOf('EC2_AGENT_MANAGEMENT'),
});
