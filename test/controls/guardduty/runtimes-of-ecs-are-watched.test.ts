import { runtimesOfEcsAreWatched } from '../../../lib/controls/guardduty/runtimes-of-ecs-are-watched.ts';
import { testControl } from '../harness.ts';
import { agentRowsOf, detector } from './detector.ts';

testControl(runtimesOfEcsAreWatched, {
  base: detector(),
  rows: agentRowsOf('ECS_FARGATE_AGENT_MANAGEMENT'),
});
