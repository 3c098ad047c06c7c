import { trailRecordsObjectWrites } from '../../../lib/controls/cloudtrail/trail-records-object-writes.ts';
import { testControl } from '../harness.ts';
import { objectEventRows } from './object-events.ts';

testControl(trailRecordsObjectWrites, { rows: objectEventRows('Write') });
