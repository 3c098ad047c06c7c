import { clusterCopiesTagsToSnapshots } from '../../../lib/controls/rds/cluster-copies-tags-to-snapshots.ts';
import { testControl } from '../harness.ts';
import { clusterFlagRows } from './flag-rows.ts';

testControl(clusterCopiesTagsToSnapshots, {
  rows: clusterFlagRows({ CopyTagsToSnapshot: true }, { CopyTagsToSnapshot: false }),
});
