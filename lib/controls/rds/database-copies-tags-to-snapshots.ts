import { defineControl } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeInstance, modifiesInstance } from './shared/database-change.ts';
import { outOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

export const databaseCopiesTagsToSnapshots = defineControl(dbInstance, {
  id: 'RDS.17',
  title: 'RDS DB instances should be configured to copy tags to snapshots',
  severity: 'LOW',
  rationale:
    'A snapshot without the tags of its database has no owner and escapes the rules that go by tag.',
  standards: { 'fsbp-1.0.0': ['RDS.17'], 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  needs: ['instance'],
  evaluate: ({ instance }) =>
    outOfScope(instance, { custom: true, members: false }) ??
    mustBeOn('instance', instance, 'CopyTagsToSnapshot', 'tags are not copied to snapshots'),
  remediation: {
    advice:
      'Turn on copying of tags to snapshots on the DB instance; it takes effect at once and interrupts nothing.',
    grants: modifiesInstance,
    plan: ({ instance }, place) =>
      changeInstance(instance, place, {
        risk: 'safe',
        summary: 'turns on copying of tags to the snapshots of the DB instance',
        set: { CopyTagsToSnapshot: true },
        back: { CopyTagsToSnapshot: false },
      }),
  },
});
