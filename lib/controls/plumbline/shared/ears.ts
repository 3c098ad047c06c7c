import type { Where } from '../../../model/resource-type.ts';
import { earsBusName, forwardRoleName } from '../../../resources/account/own-prefix.ts';
import { eventbridge } from '../../../services/eventbridge.ts';
import { iam } from '../../../services/iam.ts';
import { partitionOf } from '../../../services/partition.ts';

/** What ears bring events to, and the role by which they may. */
export interface Hub {
  readonly homeRegion: string;
  readonly busArn: string;
  readonly roleArn: string;
}

export const hubOf = ({ account, region }: Where): Hub => {
  const place = { partition: partitionOf(region), region, account };
  return {
    homeRegion: region,
    busArn: eventbridge.arn('event-bus', place, earsBusName),
    roleArn: iam.arn('role', place, forwardRoleName),
  };
};

interface Heard {
  readonly state: string | undefined;
  /** Targets as EventBridge lists them. */
  readonly aims: readonly {
    readonly Arn?: string | undefined;
    readonly RoleArn?: string | undefined;
    readonly Input?: string | undefined;
    readonly InputPath?: string | undefined;
    readonly InputTransformer?: object | undefined;
  }[];
}

/** A target may say that something else is sent in place of the event, or a part of it. */
const isWhole = ({ Input, InputPath, InputTransformer }: Heard['aims'][number]): boolean =>
  Input === undefined && InputPath === undefined && InputTransformer === undefined;

/** Why a rule brings nothing: a bus of that name in another region or account is not ours. */
export const earFault = ({ state, aims }: Heard, { homeRegion, busArn, roleArn }: Hub) => {
  if (state === 'DISABLED') return 'is disabled';
  const ours = aims.filter(({ Arn }) => Arn === busArn);
  if (ours.length === 0) return `brings nothing to ${earsBusName} in ${homeRegion}`;
  const admitted = ours.filter(({ RoleArn }) => RoleArn === roleArn);
  if (admitted.some(isWhole)) return undefined;
  if (admitted.length > 0) return 'brings something else than the events';
  return `brings events by ${ours[0]?.RoleArn ?? 'no role'}, which the bus denies`;
};
