import type { Change } from '../../engine/changes/change.ts';
import type { Group } from '../../engine/changes/group-changes.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';

/** What evaluating one resource starts from. */
export interface EvaluationRequest {
  readonly group: Group;
  readonly ref: Change['ref'];
  readonly type: AnyResourceType;
  /** The enabled controls of the type. */
  readonly enabled: readonly Control[];
  readonly row: ResourceRow | undefined;
}
