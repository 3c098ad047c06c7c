import type { Where } from '../../../model/resource-type.ts';
import { earsBusName, forwardRoleName } from '../../../resources/account/own-prefix.ts';
import { eventbridge } from '../../../services/eventbridge.ts';
import { iam } from '../../../services/iam.ts';
import { partitionOf } from '../../../services/partition.ts';
import { groupsBy } from '../../../support/groups.ts';
import { patternOf } from './as-deployed.ts';

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
    readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined;
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

/** A rule as it is read. */
interface ReadRule extends Heard {
  readonly name: string;
  readonly pattern: string | undefined;
}

/** What is wanted to be heard, and no rule brings home; with why not. */
export const unheardOf = (
  wanted: readonly { readonly name: string; readonly pattern: string }[],
  rules: readonly ReadRule[],
  hub: Hub,
): readonly { readonly name: string; readonly actual: string }[] => {
  const byPattern = groupsBy(rules, ({ pattern }) => patternOf(pattern) ?? '');
  return wanted.flatMap(({ name, pattern }) => {
    const found = byPattern.get(patternOf(pattern) ?? '') ?? [];
    const faults = found.map((rule) => [rule.name, earFault(rule, hub)] as const);
    if (faults.some(([, fault]) => fault === undefined)) return [];
    const actual = faults.map(([rule, fault]) => `the rule ${rule} ${fault}`).join('; ');
    return [{ name, actual: actual || 'nothing listens to it' }];
  });
};
