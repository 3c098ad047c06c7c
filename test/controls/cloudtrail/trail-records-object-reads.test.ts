import { trailRecordsObjectReads } from '../../../lib/controls/cloudtrail/trail-records-object-reads.ts';
import { testControl } from '../harness.ts';
import { objectEventRows } from './object-events.ts';

testControl(trailRecordsObjectReads, { rows: objectEventRows('Read') });
