import { snapshotIsPrivate } from '../../../lib/controls/neptune/snapshot-is-private.ts';
import { testControl } from '../harness.ts';
import { snapshotTable } from '../rds/other-engine-rows.ts';

testControl(snapshotIsPrivate, snapshotTable('neptune'));
