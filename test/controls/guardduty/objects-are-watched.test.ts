import { objectsAreWatched } from '../../../lib/controls/guardduty/objects-are-watched.ts';
import { testControl } from '../harness.ts';
import { detector, rowsOf } from './detector.ts';

testControl(objectsAreWatched, { base: detector(), rows: rowsOf('S3_DATA_EVENTS') });
