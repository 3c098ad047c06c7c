import { databaseCopiesTagsToSnapshots } from '../../../lib/controls/rds/database-copies-tags-to-snapshots.ts';
import { testControl } from '../harness.ts';
import { instanceFlagRows } from './flag-rows.ts';

testControl(databaseCopiesTagsToSnapshots, {
  rows: instanceFlagRows({ CopyTagsToSnapshot: true }, { CopyTagsToSnapshot: false }),
});
