import { runtimesAreWatched } from '../../../lib/controls/guardduty/runtimes-are-watched.ts';
import { testControl } from '../harness.ts';
import { detector, rowsOf } from './detector.ts';

testControl(runtimesAreWatched, { base: detector(), rows: rowsOf('RUNTIME_MONITORING') });
